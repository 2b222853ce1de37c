"""Pages and the command by which calendars come in: what they show and what they refuse."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from schoolward.access.tests.factories import client_for
from schoolward.district.models import Person
from schoolward.kernel.seats import Seat
from schoolward.timeuse.models import Calendar
from schoolward.timeuse.tests.files import calendar, event
from schoolward.timeuse.tests.loading import THREE, load, rows


pytestmark = pytest.mark.django_db


def upload(*parts, name="work.ics"):
    return SimpleUploadedFile(name, calendar(*parts))


def test_page_looks_first_and_keeps_nothing_then_brings_the_calendar_in():
    visitor = client_for(Seat.ILD)
    address = reverse("timeuse:bring")
    given = {"name": "Work", "first": "2026-09-01", "last": "2026-09-30"}

    looked = visitor.post(address, given | {"file": upload(*THREE), "look": "1"})
    nothing_yet = rows().count()
    brought = visitor.post(address, given | {"file": upload(*THREE)}, follow=True)

    assert looked.status_code == 200
    assert "Nothing was kept" in looked.content.decode()
    assert nothing_yet == 0
    assert "3 meetings new, 0 changed, 0 gone." in brought.content.decode()
    assert rows().count() == 3


def test_look_by_htmx_answers_the_part_alone_with_what_is_wrong():
    visitor = client_for(Seat.ILD)
    address = reverse("timeuse:bring")
    headers = {"HX-Request": "true"}

    good = visitor.post(
        address, {"name": "Work", "look": "1", "file": upload(*THREE)}, headers=headers
    )
    bad = visitor.post(
        address,
        {"name": "Work", "look": "1", "file": SimpleUploadedFile("a.ics", b"Ada")},
        headers=headers,
    )

    assert "<h1" not in good.content.decode()
    assert "What is in the file" in good.content.decode()
    assert bad.status_code == 422
    assert "Export your calendar" in bad.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"file": ""}, "Choose the .ics file"),
        ({"name": ""}, "Give the calendar a name"),
        ({"first": "2026-09-02", "last": "2026-09-01"}, "Swap the two"),
        ({"file": SimpleUploadedFile("a.ics", b"")}, "empty"),
    ],
)
def test_page_says_what_is_wrong_with_what_was_sent(wrong, said):
    visitor = client_for(Seat.ILD)
    sent = {"name": "Work", "file": upload(*THREE)} | wrong

    answer = visitor.post(reverse("timeuse:bring"), sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_week_says_what_to_do_while_nothing_is_there_and_shows_days_after():
    visitor = client_for(Seat.ILD)
    empty = visitor.get(reverse("timeuse:week")).content.decode()
    load(
        visitor.person,
        event(uid="a", SUMMARY="<b>Visit</b>", LOCATION="Ames Middle School"),
        event("20260902T090000", uid="b", CLASS="PRIVATE", SUMMARY="Oncology"),
        event("20260902T110000", uid="c", STATUS="CANCELLED", SUMMARY="Walk"),
    )

    page = visitor.get(reverse("timeuse:week"), {"week": "2026-09-03"})
    other = visitor.get(reverse("timeuse:week"), {"week": "nonsense"})

    assert "No calendar of yours is here yet" in empty
    text = page.content.decode()
    assert "Week of August 31, 2026" in text
    assert "&lt;b&gt;Visit&lt;/b&gt;" in text
    assert "9:00 AM to 10:00 AM, Ames Middle School" in text
    assert "Private" in text
    assert "Oncology" not in text
    assert "Cancelled" in text
    assert "2 h in 2 meetings" in text
    assert "Nothing is in your calendar this week" in other.content.decode()


def test_calendar_page_names_what_was_refused_and_takes_the_calendar_out():
    visitor = client_for(Seat.ILD)
    load(visitor.person, event(uid="a"), event("bad", uid="b"))
    line = Calendar.objects.unscoped(reason="test").get()

    page = visitor.get(reverse("timeuse:calendar", args=[line.pk])).content.decode()
    gone = visitor.post(reverse("timeuse:remove", args=[line.pk]), follow=True)

    assert "Event 2" in page
    assert "start cannot be read" in page
    assert "1 meetings are gone" in gone.content.decode()
    assert not rows().exists()


def test_rail_leads_ilds_to_their_time_and_others_not():
    day = reverse("timeuse:week")

    assert f'href="{day}"' in client_for(Seat.ILD).get(day).content.decode()
    assert (
        'sw-nav__a" href="/time/'
        not in client_for(Seat.UNIT_STAFF).get(day).content.decode()
    )


def run(*arguments, capsys):
    """Run the command; return its exit code and what it printed."""
    code = 0
    try:
        call_command("import", *map(str, arguments))
    except SystemExit as leaving:
        code = leaving.code
    return code, capsys.readouterr().out


def test_command_loads_a_calendar_for_a_person_and_says_what_it_did(
    ild, tmp_path, capsys
):
    path = tmp_path / "work.ics"
    path.write_bytes(calendar(*THREE, event("bad", uid="z")))
    given = ["calendar", path, "--person", ild.email.upper(), "--json"]
    days_ = ["--from", "2026-09-01", "--to", "2026-09-30"]

    looked = run(*given, *days_, "--dry-run", capsys=capsys)
    code, printed = run(*given, *days_, capsys=capsys)
    _, words = run(*given[:-1], *days_, capsys=capsys)

    assert json.loads(looked[1])["instances"] == 3
    told = json.loads(printed)
    assert code == 3
    assert (told["events"], told["instances"], told["new"]) == (3 - 1, 3, 3)
    assert told["refused"][0]["component"] == "Event 3"
    assert set(told["refused"][0]) == {"component", "reason", "remedy"}
    assert rows().count() == 3
    assert "0 new, 0 changed, 0 gone, 3 unchanged" in words


def test_command_refuses_with_a_sentence(ild, tmp_path, capsys):
    path = tmp_path / "work.ics"
    path.write_bytes(b"Ada")

    code, printed = run("calendar", path, "--person", ild.email, capsys=capsys)
    missing = run("calendar", tmp_path / "no.ics", "--person", ild.email, capsys=capsys)

    assert code == 5
    assert "not a calendar" in printed
    assert missing[0] == 5
    for wrong in (
        [],
        ["--person", "nobody@x.example"],
        ["--person", ild.email, "--from", "soon"],
        ["--person", ild.email, "--from", "2026-02-01", "--to", "2026-01-01"],
    ):
        with pytest.raises(CommandError):
            call_command("import", "calendar", str(path), *wrong)
    assert Person.objects.unscoped(reason="test").exists()
