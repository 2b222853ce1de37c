"""Which administrators are principals is proposed, asked, answered and kept."""

import pytest

from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.oneroster import principals
from schoolward.exchange.oneroster.principals import (
    Answer,
    PrincipalsQuestionError,
    administrators,
    decide,
    read_answers,
)
from schoolward.exchange.oneroster.roster import open_roster
from schoolward.exchange.oneroster.tests.bundles import USERS_1_1, bundle_1_1, zipped


HEADER = "sourcedId,role,orgSourcedIds,givenName,familyName,metadata.jobTitle\n"


def asked(users: str = USERS_1_1):
    with open_roster(zipped(bundle_1_1(users=users))) as roster:
        return administrators(roster)


def proposals(users: str) -> dict[str, Answer | None]:
    return {one.sourced_id: one.proposed for one in asked(users)}


def test_administrators_of_schools_are_asked_and_nobody_else():
    assert [one.sourced_id for one in asked()] == ["a1", "a2", "a3"]


def test_who_alone_administers_one_school_and_nothing_else_is_proposed():
    users = HEADER + "a1,administrator,s1,A,B,\na2,administrator,s2,C,D,\n"

    assert proposals(users) == {"a1": Answer.PRINCIPAL, "a2": Answer.PRINCIPAL}


def test_of_two_administrators_of_one_school_neither_is_proposed():
    users = HEADER + "a1,administrator,s1,A,B,\na2,administrator,s1,C,D,\n"

    assert proposals(users) == {"a1": None, "a2": None}


def test_who_works_elsewhere_too_is_not_proposed():
    users = HEADER + 'a1,administrator,"s1,d1",A,B,\na2,administrator,"s1,s2",C,D,\n'

    assert proposals(users) == {"a1": None, "a2": None}


def test_a_title_decides_what_is_proposed():
    users = (
        HEADER
        + "a1,administrator,s1,A,B,Principal\n"
        + "a2,administrator,s1,C,D,Assistant Principal\n"
        + "a3,administrator,s1,E,F,Registrar\n"
    )

    assert proposals(users) == {
        "a1": Answer.PRINCIPAL,
        "a2": Answer.ASSISTANT_PRINCIPAL,
        "a3": None,
    }


def test_nothing_is_decided_on_a_proposal_alone():
    with pytest.raises(PrincipalsQuestionError) as caught:
        decide(asked(), answers={}, kept={})

    assert caught.value.answer == "principals"
    assert caught.value.options["a2"] == (
        "Bo Kim: Park Elementary School (proposed: principal)"
    )
    assert "Which of these 3 are principals?" in str(caught.value)


def test_only_those_are_asked_of_whom_nothing_is_kept():
    with pytest.raises(PrincipalsQuestionError) as caught:
        decide(asked(), answers={}, kept={"a1": "principal", "a3": "none"})

    assert list(caught.value.options) == ["a2"]


def test_kept_answers_answer():
    kept = {"a1": "principal", "a2": "assistant_principal", "a3": "none"}

    assert decide(asked(), answers={}, kept=kept) == kept


def test_naming_the_principals_settles_the_others():
    assert decide(asked(), answers={"principals": "a1, a2"}, kept={}) == {
        "a1": Answer.PRINCIPAL,
        "a2": Answer.PRINCIPAL,
        "a3": Answer.NEITHER,
    }


def test_what_the_others_are_can_be_said():
    answers = {"principals": "a1", "administrators": "assistant_principal"}

    assert decide(asked(), answers=answers, kept={})["a3"] == Answer.ASSISTANT_PRINCIPAL


def test_proposals_can_be_taken_as_they_are():
    assert decide(asked(), answers={"principals": "proposed"}, kept={}) == {
        "a1": Answer.NEITHER,
        "a2": Answer.PRINCIPAL,
        "a3": Answer.NEITHER,
    }


def test_an_answer_now_outweighs_one_that_was_kept():
    decided = decide(asked(), answers={"principals": "a2"}, kept={"a2": "none"})

    assert decided["a2"] == Answer.PRINCIPAL


def test_an_answer_that_is_none_is_refused_with_the_words_to_write():
    with pytest.raises(UnreadableFileError, match="Write principal"):
        decide(asked(), answers={"administrators": "boss"}, kept={})


def test_a_table_of_proposals_reads_back_as_answers():
    rows = [
        ",".join(f'"{cell}"' for cell in row) for row in principals.proposals(asked())
    ]

    answers = read_answers("\n".join(rows), name="answers.csv")

    assert decide(asked(), answers=answers, kept={}) == {
        "a1": Answer.NEITHER,
        "a2": Answer.PRINCIPAL,
        "a3": Answer.NEITHER,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,seat\n", "needs the columns sourcedId and seat"),
        ("sourcedId,seat\na1,boss\n", "says “boss” of a1"),
    ],
)
def test_a_table_of_answers_that_says_nothing_is_refused(text, said):
    with pytest.raises(UnreadableFileError, match=said):
        read_answers(text, name="answers.csv")
