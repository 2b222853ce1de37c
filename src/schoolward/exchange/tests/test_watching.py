"""The watched folder: what is stopped at night can still be loaded by day."""

import os
import shutil
from itertools import count

import pytest
from django.core import mail
from django.urls import reverse

from schoolward.access.tests.factories import client_for
from schoolward.audit.models import Load, LoadState
from schoolward.district.models import School
from schoolward.exchange import actions, watching
from schoolward.exchange.actions import files
from schoolward.exchange.models import Staging
from schoolward.exchange.oneroster.tests.bundles import bundle_1_1, in_folder
from schoolward.exchange.tests.conftest import AT, HEAD, SCHOOLS_MAP
from schoolward.exchange.tests.test_pages import work
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
MANY = HEAD + "".join(f"{n},School {n},,\n" for n in range(20))
FEW = HEAD + "".join(f"{n},School {n},,\n" for n in range(12))


@pytest.fixture
def watched(tmp_path, loaded):
    """Return a watched folder with a map, in a district of twenty schools."""
    loaded(MANY, as_of=AT.date().replace(year=2017))
    actions.save_map(name="ours", text=SCHOOLS_MAP, by=SYSTEM, at=AT)
    folder = tmp_path / "watch" / "schools" / "ours"
    folder.mkdir(parents=True)
    return tmp_path / "watch"


def put(watched, text=FEW, name="profile_2018-19.csv"):
    path = watched / "schools" / "ours" / name
    path.write_text(text, encoding="utf-8")
    return path


def night(watched):
    return watching.load_all(
        str(watched), at=AT, say=lambda _: None, progress=lambda _: None
    )


def closed_schools():
    schools = School.objects.unscoped(reason="a test looks")
    return schools.filter(close_date__isnull=False).count()


def test_a_stopped_file_is_read_again_in_the_browser_from_where_it_was_moved(watched):
    path = put(watched)
    (outcome,) = night(watched)
    page = client_for(Seat.ANALYST)
    assert "would end 8 of 20 rows" in outcome.stopped
    assert not path.exists()

    page.post(reverse("exchange:again", args=[outcome.load_id]))
    work("exchange.prepare")

    load = Load.objects.get(pk=outcome.load_id)
    assert (load.state, load.problem) == (LoadState.GUARDED, "")
    assert load.ended_count == 8


def test_a_stopped_file_is_loaded_all_the_same_although_the_district_moved_on(
    watched, loaded
):
    put(watched)
    (outcome,) = night(watched)
    other = SCHOOLS_MAP.replace("test", "other")
    loaded(HEAD + "90,Another,,\n", map_text=other, as_of=AT.date(), name="b.csv")
    page = client_for(Seat.ANALYST)

    url = reverse("exchange:make_so", args=[outcome.load_id])
    page.post(url, {"allow_change": "yes"})
    work("exchange.load")

    assert Load.objects.get(pk=outcome.load_id).state == LoadState.LOADED
    assert closed_schools() == 8


class Killed(BaseException):
    """Stands for a process that ends at once."""


@pytest.mark.parametrize(("step", "call"), [("_twin", 0), ("_tell", 0), ("_forget", 1)])
def test_a_load_knows_its_file_when_the_move_is_killed_before_any_step(
    watched, monkeypatch, step, call
):
    real, calls = getattr(files, step), count()

    def killed(*arguments):
        if next(calls) == call:
            raise Killed
        return real(*arguments)

    put(watched)
    monkeypatch.setattr(files, step, killed)
    with pytest.raises(Killed):
        night(watched)
    monkeypatch.undo()
    killed = Load.objects.latest("pk")

    (outcome,) = night(watched)

    for load in (killed, Load.objects.get(pk=outcome.load_id)):
        assert actions.stage(load, by=SYSTEM, at=AT).state == LoadState.GUARDED
        assert Staging.objects.get(load_id=load.pk).path.startswith(
            str(watched / "stopped")
        )


def test_two_files_of_one_name_both_lie_where_they_were_moved(watched):
    shutil.copytree(watched / "schools" / "ours", watched / "schools" / "none")
    put(watched)
    (watched / "schools" / "none" / "profile_2018-19.csv").write_text(MANY)

    outcomes = night(watched)

    assert len([one for one in outcomes if one.stopped]) == 2
    kept = {path.read_text() for path in (watched / "stopped").iterdir()}
    assert kept == {FEW, MANY}


def test_a_loaded_file_moves_once_and_is_not_loaded_the_next_night(watched):
    put(watched, MANY)

    (outcome,) = night(watched)

    assert Load.objects.get(pk=outcome.load_id).state == LoadState.LOADED
    (moved,) = (watched / "loaded").iterdir()
    assert moved.name.endswith("-profile_2018-19.csv")
    assert night(watched) == []


def test_a_folder_moves_whole_where_files_cannot_be_linked(watched, monkeypatch):
    def refused(*_):
        raise OSError

    monkeypatch.setattr(os, "link", refused)
    folder = watched / "oneroster" / "export"
    folder.mkdir(parents=True)
    in_folder(folder, bundle_1_1())

    night(watched)

    (moved,) = [
        path
        for place in ("loaded", "stopped")
        if (watched / place).exists()
        for path in (watched / place).iterdir()
    ]
    assert (moved / "manifest.csv").exists()
    assert not folder.exists()


def test_only_what_was_stopped_is_mailed_to_the_analysts(watched, settings):
    settings.SCHOOLWARD_HAS_MAIL = True
    client_for(Seat.ANALYST)
    put(watched)
    put(watched, MANY, name="same_2018-19.csv")

    watching.write_to_analysts(night(watched), today=AT.date())

    (letter,) = mail.outbox
    assert letter.subject == "1 of last night's files were not loaded"
    assert "profile_2018-19.csv waits" in letter.body


def test_a_load_that_is_over_is_not_planned_anew(watched):
    put(watched, MANY)
    (outcome,) = night(watched)
    page = client_for(Seat.ANALYST)

    page.post(reverse("exchange:again", args=[outcome.load_id]))
    run = work("exchange.prepare")

    assert Load.objects.get(pk=outcome.load_id).state == LoadState.LOADED
    assert "loaded already" in run.said[0]
