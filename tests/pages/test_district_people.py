"""Pages that keep people, their posts and their delegates."""

import pytest

from schoolward.access.tests.factories import client_for
from schoolward.base import clock
from schoolward.district import queries
from schoolward.district.models import (
    Delegation,
    Merge,
    Person,
    Post,
)
from schoolward.district.tests.factories import (
    PersonFactory,
    PostFactory,
    SupervisionFactory,
    UnitFactory,
)
from schoolward.kernel.seats import Seat
from tests.pages.district import LONG_AGO, rows, to, undo_address, words


pytestmark = pytest.mark.django_db


def test_people_are_added_corrected_and_found(analyst):
    analyst.post(to("person_add"), {"display_name": "Priya Ramen"})
    person = rows(Person).get(display_name="Priya Ramen")
    sent = {"display_name": "Priya Raman", "phone": "773-555-0100"}
    analyst.post(to("person_change", person.pk), sent)

    listed = words(analyst.get(to("manage_people"), {"q": "pria raman"}))

    assert "Priya Raman" in listed
    assert analyst.get(to("manage_people"), {"seat": "chief"}).status_code == 200
    assert "No post on record" in words(analyst.get(to("person_kept", person.pk)))


def test_an_appointment_from_a_school_s_page(analyst, school):
    person = PersonFactory(display_name="Priya Raman")
    chief = PostFactory(seat="superintendent", school=None, start_date=LONG_AGO).person
    form = analyst.get(f"{to('appoint')}?school={school.pk}")
    assert f"Orchard Elementary #{school.pk}" in form.content.decode()
    sent = {
        "person": f"#{person.pk}",
        "seat": "principal",
        "school": f"#{school.pk}",
        "start": "2026-07-01",
        "capacity": "interim",
        "superior": f"#{chief.pk}",
        "fte": "1",
    }

    answer = analyst.post(to("appoint"), sent, follow=True)

    post = rows(Post).get(person=person)
    assert (post.capacity, post.reports_to.person_id) == ("interim", chief.pk)
    assert "Priya Raman" in words(answer)


def test_an_appointment_is_to_one_place(analyst, school):
    sent = {
        "seat": "chief",
        "school": f"#{school.pk}",
        "unit": UnitFactory().pk,
        "start": "2026-07-01",
        "capacity": "regular",
    }

    answer = analyst.post(to("appoint"), sent)

    assert answer.status_code == 422
    assert "Choose one place" in words(answer)


def test_a_post_is_corrected_ended_and_taken_back(analyst, school):
    post = PostFactory(school=school, start_date=LONG_AGO)
    assert analyst.get(to("post_change", post.pk)).status_code == 200
    sent = {"title": "Principal III", "capacity": "acting"}
    analyst.post(to("post_change", post.pk), sent)
    sent = {"on": clock.today(), "leaves_vacancy": "on"}

    answer = analyst.post(to("post_end", post.pk), sent, follow=True)
    assert rows(Post).filter(school=school, person=None).exists()
    analyst.post(undo_address(answer))

    left = rows(Post).get(school=school)
    assert (left.title, left.capacity, left.end_date) == (
        "Principal III",
        "acting",
        None,
    )


def test_all_schools_of_an_ild_are_handed_over(deputy):
    old = SupervisionFactory(start_date=LONG_AGO).person
    SupervisionFactory(person=old, start_date=LONG_AGO)
    new = PostFactory(seat="ild", school=None, start_date=LONG_AGO).person
    page = words(deputy.get(to("person_kept", old.pk)))
    assert "Hand over all of them" in page

    deputy.post(to("transfer", old.pk), {"to": f"#{new.pk}", "start": clock.today()})

    assert set(queries.supervisors_on(clock.today()).values()) == {new.pk}


def test_a_principal_names_a_delegate_and_ends_it():
    principal = client_for(Seat.PRINCIPAL)
    desk = PersonFactory(display_name="Dee Hall")
    page = to("delegates", principal.person.pk)
    sent = {
        "delegate": f"#{desk.pk}",
        "purpose": "The profile",
        "start_date": "2026-01-01",
    }

    answer = principal.post(page, sent, follow=True)
    assert "Dee Hall" in words(answer)
    row = rows(Delegation).get()
    principal.post(to("delegation_end", row.pk))

    assert rows(Delegation).get().end_date == clock.today()


def test_two_rows_of_one_person_are_merged_and_parted(analyst):
    kept, other = PersonFactory(), PersonFactory(display_name="P. Raman")
    sent = {"kept": f"#{kept.pk}", "other": f"#{other.pk}", "reason": "One e-mail"}
    analyst.post(to("merge_propose"), sent)
    merge = rows(Merge).get()

    analyst.post(to("merge_merge", merge.pk))
    page = words(analyst.get(to("merges")))
    other.refresh_from_db()
    assert other.merged_into_id == kept.pk
    assert "Undo the merge" in page
    row = words(analyst.get(to("person_kept", other.pk)))
    assert "is the same person" in row
    analyst.post(to("merge_undo", merge.pk))

    other.refresh_from_db()
    assert other.merged_into_id is None
    refused = analyst.post(to("merge_dismiss", merge.pk), follow=True)
    assert "Somebody decided already" in words(refused)
