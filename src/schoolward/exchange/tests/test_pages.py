"""The pages of the loading dock: for keepers, from an upload to its undoing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolward.access.tests.factories import client_for
from schoolward.audit.models import Load, LoadState
from schoolward.base.models import Job
from schoolward.district.models import School
from schoolward.exchange import actions, arriving, facts, jobs
from schoolward.exchange.models import SavedMap, Staging
from schoolward.exchange.tests.conftest import AT, SCHOOLS_MAP
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TABLE = b"School Number,School Name,Region\n1,Ames,North\n2,Bell,South\n"


@pytest.fixture
def analyst(settings, tmp_path):
    settings.SCHOOLWARD_HOME = tmp_path
    return client_for(Seat.ANALYST)


class Run:
    """A job's side, at once."""

    def __init__(self, job):
        self.job = job
        self.said = []

    def progress(self, done, *, total=None, doing=""):
        pass

    def say(self, line):
        self.said.append(line)


def work(name):
    """Do the open job of a name now, as the worker would."""
    job = Job.objects.get(name=name, state="waiting")
    run = Run(job)
    {
        "exchange.prepare": jobs.prepare,
        "exchange.load": jobs.load_file,
        "exchange.undo": jobs.undo,
    }[name](run, **job.arguments)
    job.state = "done"
    job.save()
    return run


def uploaded(analyst, content=TABLE, name="schools.csv", **data):
    file = SimpleUploadedFile(name, content)
    data = {"target": "schools", "file": file} | data
    return analyst.post(reverse("exchange:new"), data)


def test_from_an_upload_to_its_undoing(analyst):
    response = uploaded(analyst, as_of="2018-07-01")
    load = Load.objects.get()
    assert response["Location"] == reverse("exchange:columns", args=[load.pk])

    columns = analyst.get(response["Location"])
    assert columns.status_code == 200
    assert "100% alike" in columns.content.decode()

    chosen = {
        "column_0": "school_id",
        "column_1": "name",
        "column_2": "network",
        "name": "our-schools",
        "complete": "on",
    }
    response = analyst.post(columns.request["PATH_INFO"], chosen)
    page = reverse("exchange:load", args=[load.pk])
    assert response["Location"] == page
    assert 'hx-trigger="every 2s"' in analyst.get(page).content.decode()

    work("exchange.prepare")
    shown = analyst.get(page).content.decode()
    assert "Load it" in shown
    assert not School.objects.unscoped(reason="a test looks").exists()

    analyst.post(reverse("exchange:make_so", args=[load.pk]))
    work("exchange.load")
    assert School.objects.unscoped(reason="a test looks").count() == 2
    assert "Undo this load" in analyst.get(page).content.decode()

    analyst.post(reverse("exchange:undo", args=[load.pk]))
    work("exchange.undo")
    assert not School.objects.unscoped(reason="a test looks").exists()
    assert SavedMap.objects.unscoped(reason="a test looks").get().name == "our-schools"


def test_an_uploaded_file_goes_when_its_load_is_over(analyst):
    uploaded(analyst)
    load = Load.objects.get()
    folder = arriving.uploads()
    assert len(list(folder.rglob("schools.csv"))) == 1

    analyst.post(reverse("exchange:discard", args=[load.pk]))

    assert not list(folder.rglob("schools.csv"))
    load.refresh_from_db()
    assert load.state == LoadState.DISCARDED


def test_cells_are_pasted(analyst):
    text = "School Number\tSchool Name\n1\tAmes\n"

    response = analyst.post(
        reverse("exchange:new"), {"target": "schools", "text": text}
    )

    assert "/columns/" in response["Location"]
    assert analyst.get(response["Location"]).status_code == 200


def test_a_file_and_pasted_cells_together_are_refused_in_words(analyst):
    response = uploaded(analyst, text="A\tB\n")

    assert response.status_code == 422
    assert "one of the two" in response.content.decode()
    assert not Load.objects.exists()


def test_a_wrong_file_says_what_it_is(analyst):
    response = uploaded(analyst, content=b"%PDF-1.7 ...")

    page = analyst.get(response["Location"])

    assert page.status_code == 422
    assert "PDF" in page.content.decode()


def test_columns_must_name_what_each_row_needs(analyst):
    response = uploaded(analyst)

    page = analyst.post(response["Location"], {"column_0": "school_id"})

    assert page.status_code == 422
    assert "Say which column is “Name”" in page.content.decode()


def test_refusals_are_shown_and_downloaded_without_formulas(analyst):
    uploaded(analyst, content=b"ID,Name,Phone,Network\n=cmd(),,,\n")
    load = Load.objects.get()
    actions.arrange(
        load, by=SYSTEM, at=AT, map_name="t", map_text=SCHOOLS_MAP, as_of=AT.date()
    )
    actions.stage(load, by=SYSTEM, at=AT)

    page = analyst.get(reverse("exchange:load", args=[load.pk])).content.decode()
    table = b"".join(analyst.get(reverse("exchange:refusals", args=[load.pk])))

    assert "The name is missing" in page
    assert table.decode("utf-8-sig").splitlines()[0] == "row,column,value,reason,remedy"


def test_the_guard_is_answered_on_the_page(analyst, staged, loaded):
    many = "ID,Name,Phone,Network\n" + "".join(f"{n},S{n},,\n" for n in range(20))
    loaded(many, as_of=AT.date().replace(year=2017))
    load = staged(many[: len("ID,Name,Phone,Network\n") + 10], as_of=AT.date())
    page = reverse("exchange:load", args=[load.pk])
    assert "The guard stopped this load" in analyst.get(page).content.decode()

    analyst.post(reverse("exchange:make_so", args=[load.pk]), {"allow_change": "yes"})
    work("exchange.load")

    load.refresh_from_db()
    assert load.state == LoadState.LOADED


def test_a_question_is_asked_and_answered(analyst):
    uploaded(analyst, content=b"ID,Name,Phone,Network\n1,Ames,,\n", name="noyear.csv")
    load = Load.objects.get()
    actions.arrange(load, by=SYSTEM, at=AT, map_name="t", map_text=SCHOOLS_MAP)
    actions.ask_to_prepare(load, by=SYSTEM)
    work("exchange.prepare")
    page = reverse("exchange:question", args=[load.pk])
    assert "From which day" in analyst.get(page).content.decode()

    analyst.post(page, {"as_of": "2018-07-01"})
    work("exchange.prepare")

    load.refresh_from_db()
    assert load.state == LoadState.STAGED
    assert Staging.objects.get(load_id=load.pk).question == {}


def test_maps_are_shown_saved_and_deleted(analyst):
    assert "chicago-profile" in analyst.get(reverse("exchange:maps")).content.decode()
    shipped = reverse("exchange:map", args=["chicago-profile"])
    assert "stays as it is" in analyst.get(shipped).content.decode()

    refused = analyst.post(shipped, {"name": "chicago-profile", "text": SCHOOLS_MAP})
    assert refused.status_code == 422
    analyst.post(shipped, {"name": "ours", "text": SCHOOLS_MAP})
    assert SavedMap.objects.unscoped(reason="a test looks").get().name == "ours"
    wrong = analyst.post(
        reverse("exchange:map", args=["ours"]), {"name": "ours", "text": "a = "}
    )
    assert wrong.status_code == 422

    analyst.post(reverse("exchange:delete_map", args=["ours"]))
    assert not SavedMap.objects.unscoped(reason="a test looks").exists()


def test_the_list_shows_loads_and_an_empty_one_says_what_to_do(analyst, loaded):
    assert (
        "No file was loaded yet"
        in analyst.get(reverse("exchange:imports")).content.decode()
    )

    loaded("ID,Name,Phone,Network\n1,Ames,,\n", as_of=AT.date())

    assert "test.csv" in analyst.get(reverse("exchange:imports")).content.decode()


@pytest.mark.parametrize(
    "seat", [Seat.PRINCIPAL, Seat.ILD, Seat.UNIT_LEAD, Seat.SUPERINTENDENT]
)
def test_others_are_refused_with_whom_to_ask(seat):
    visitor = client_for(seat)

    for name in ("imports", "new", "maps"):
        response = visitor.get(reverse(f"exchange:{name}"))
        assert response.status_code == 403
        assert "analyst" in response.content.decode()


def test_an_unknown_load_is_not_found(analyst):
    assert analyst.get(reverse("exchange:load", args=[999])).status_code == 404


def test_no_values_are_held_after_a_look_in_the_worker(analyst):
    uploaded(analyst)
    load = Load.objects.get()
    actions.arrange(
        load, by=SYSTEM, at=AT, map_name="t", map_text=SCHOOLS_MAP, as_of=AT.date()
    )
    actions.ask_to_prepare(load, by=SYSTEM)

    work("exchange.prepare")

    assert not facts.is_held(load.pk)
