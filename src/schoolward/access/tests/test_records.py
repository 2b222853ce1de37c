"""Everything access does has a sentence, and everything it keeps has a class."""

import re
from pathlib import Path

import pytest

from schoolward import access
from schoolward.access.actions.traces import CHANGES
from schoolward.access.tests.factories import (
    AT,
    UserFactory,
    holder,
    with_second_factor,
)
from schoolward.access.tokens import make_token
from schoolward.audit.models import Event
from schoolward.audit.presenters import sentence, verbs
from schoolward.audit.queries import held_about
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


ROOM = Path(access.__file__).parent
RECORDED = sorted(
    {
        verb
        for path in ROOM.rglob("*.py")
        if "tests" not in path.parts and path.name not in {"presenters.py", "verbs.py"}
        for verb in re.findall(r'"(access\.\w+\.\w+)",', path.read_text())
    }
)


def test_recorded_verbs_are_found():
    assert len(RECORDED) >= 15


@pytest.mark.parametrize("verb", RECORDED)
def test_every_verb_has_a_sentence(verb):
    assert verb in verbs()
    assert verbs()[verb].record_class == "security"


@pytest.mark.parametrize(
    "verb", [verb for verb in verbs() if verb.startswith("access.")]
)
def test_no_sentence_is_without_an_act(verb):
    assert verb in RECORDED


def test_sentence_of_a_failure_names_no_one_unknown():
    event = Event(
        verb="access.session.failed",
        facts={"step": "password", "account": "no account"},
    )

    assert sentence(event) == (
        "Somebody did not get in: the password did not fit (no account)"
    )


def test_every_notice_of_the_library_is_told_in_words():
    assert all(what.startswith(("a", "the", "new")) for what in CHANGES.values())


@pytest.mark.django_db
def test_what_is_held_about_a_person_leaves_every_secret_out():
    user = with_second_factor(
        UserFactory(person=holder(Seat.PRINCIPAL), password="a long walk to school")
    )
    token, secret = make_token(user, label="Report", at=AT, by=SYSTEM)

    told = str(held_about(user.person_id))

    assert "Report" in told
    assert user.email in told
    for kept in (secret, token.secret_hash, user.password):
        assert kept not in told
    for factor in user.authenticator_set.all():
        assert not any(str(value) in told for value in factor.data.values() if value)
