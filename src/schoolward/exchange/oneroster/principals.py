"""Which administrators are principals: what is proposed, asked and answered.

Version 1.1 has one role for everyone who administers a school. Who is the only such
person of one school, and works nowhere else, is proposed as its principal; a title that
says so decides before that. Nothing is loaded on a proposal alone.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from schoolward.exchange.domain import QuestionError, UnreadableFileError
from schoolward.exchange.oneroster.places import Place, place_of
from schoolward.exchange.oneroster.roster import Roster
from schoolward.exchange.oneroster.rows import Org, StaffMember


PRINCIPALS = "principals"
ASSISTANTS = "assistant_principals"
REST = "administrators"
AS_PROPOSED = "proposed"
_SHOWN = 8
_ANSWERS = "Write principal, assistant_principal or none."
_ASSISTANT = re.compile(r"\b(assistant|asst|vice|deputy|associate)\b", re.IGNORECASE)
_PRINCIPAL = re.compile(r"\bprincipal\b|\bhead of school\b", re.IGNORECASE)


class Answer(StrEnum):
    """What an administrator of a school is."""

    PRINCIPAL = "principal"
    ASSISTANT_PRINCIPAL = "assistant_principal"
    NEITHER = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """Someone who administers a school, as the bundle says it.

    Attributes:
        sourced_id: The user's id in the source.
        name: As the bundle writes it.
        title: Where a vendor's column gives one.
        schools: Names of the schools.
        works_elsewhere: Whether the user also belongs to an org that is no school.
        proposed: What is proposed; None when nothing is.
    """

    sourced_id: str
    name: str
    title: str
    schools: tuple[str, ...]
    works_elsewhere: bool
    proposed: Answer | None = None

    def __str__(self) -> str:
        """Return the person in one line, with what is proposed."""
        title = f", {self.title}" if self.title else ""
        proposal = self.proposed.replace("_", " ") if self.proposed else "nothing"
        return f"{self.name}{title}: {', '.join(self.schools)} (proposed: {proposal})"


class PrincipalsQuestionError(QuestionError):
    """Nobody said which administrators are principals."""

    def __init__(self, asked: Iterable[Administrator]) -> None:
        """Ask of these administrators."""
        self.administrators = tuple(asked)
        super().__init__(
            _question(self.administrators),
            answer=PRINCIPALS,
            options={one.sourced_id: str(one) for one in self.administrators},
        )


def administrators(roster: Roster) -> tuple[Administrator, ...]:
    """Return everyone whose role says only that they administer a school."""
    found = [
        _administrator(member, roster.orgs)
        for member in roster.staff()
        if not member.is_ended and _is_asked(member, roster.orgs)
    ]
    per_school = Counter(school for one in found for school in one.schools)
    return tuple(_proposing(one, per_school) for one in found)


def decide(
    asked: Iterable[Administrator],
    *,
    answers: Mapping[str, str],
    kept: Mapping[str, str],
) -> dict[str, Answer]:
    """Return what each administrator is.

    Args:
        asked: Everyone of whom it must be known.
        answers: What was answered now: ids under "principals" and
            "assistant_principals", and under "administrators" what the others are.
            "proposed" under "principals" takes what is proposed.
        kept: What was answered for this source before, by id.

    Raises:
        PrincipalsQuestionError: It is not known of everyone.
    """
    named = _named(answers)
    rest = _rest(answers)
    decided: dict[str, Answer] = {}
    open_ones: list[Administrator] = []
    for one in asked:
        said = named.get(one.sourced_id) or kept.get(one.sourced_id)
        if not said and answers.get(PRINCIPALS) == AS_PROPOSED:
            said = one.proposed
        if said or rest:
            decided[one.sourced_id] = Answer(said or rest)
        else:
            open_ones.append(one)
    if open_ones:
        raise PrincipalsQuestionError(open_ones)
    return decided


def _rest(answers: Mapping[str, str]) -> str:
    """Return what those are whom no answer names: naming the principals settles them."""
    rest = answers.get(REST, "").strip()
    if rest and rest not in set(Answer):
        msg = f"“{rest[:40]}” is no answer for {REST}. {_ANSWERS}"
        raise UnreadableFileError(msg)
    return rest or (Answer.NEITHER if answers.get(PRINCIPALS) else "")


def read_answers(text: str, *, name: str) -> dict[str, str]:
    """Read a table of answers: the ids under sourcedId, the answer under seat.

    Raises:
        UnreadableFileError: It lacks a column, or an answer is none.
    """
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    if not {"sourcedId", "seat"} <= set(rows.fieldnames or ()):
        msg = f"{name} needs the columns sourcedId and seat."
        raise UnreadableFileError(msg)
    said = [_row_answer(row, name=name) for row in rows]
    return {
        PRINCIPALS: ",".join(one for one, seat in said if seat is Answer.PRINCIPAL),
        ASSISTANTS: ",".join(
            one for one, seat in said if seat is Answer.ASSISTANT_PRINCIPAL
        ),
        **({REST: Answer.NEITHER} if said else {}),
    }


def proposals(asked: Iterable[Administrator]) -> Iterator[tuple[str, ...]]:
    """Return the rows of a table to fill in: proposals stand under seat."""
    yield ("sourcedId", "name", "title", "schools", "seat")
    for one in asked:
        seat = one.proposed or Answer.NEITHER
        yield (one.sourced_id, one.name, one.title, "; ".join(one.schools), seat)


def _row_answer(row: Mapping[str, str | None], *, name: str) -> tuple[str, Answer]:
    sourced_id, seat = (row["sourcedId"] or "").strip(), (row["seat"] or "").strip()
    try:
        return sourced_id, Answer(seat or Answer.NEITHER)
    except ValueError as error:
        msg = f"{name} says “{seat[:40]}” of {sourced_id[:80]}. {_ANSWERS}"
        raise UnreadableFileError(msg) from error


def _named(answers: Mapping[str, str]) -> dict[str, Answer]:
    """Return what is said of single administrators."""
    said: dict[str, Answer] = {}
    for key, answer in (
        (ASSISTANTS, Answer.ASSISTANT_PRINCIPAL),
        (PRINCIPALS, Answer.PRINCIPAL),
    ):
        ids = answers.get(key, "")
        if ids != AS_PROPOSED:
            said.update((one.strip(), answer) for one in ids.split(",") if one.strip())
    return said


def _is_asked(member: StaffMember, orgs: Mapping[str, Org]) -> bool:
    return any(role.name == "administrator" for role in member.roles) and bool(
        _schools(member, orgs)
    )


def _schools(member: StaffMember, orgs: Mapping[str, Org]) -> list[Org]:
    found = [orgs[role.org_id] for role in member.roles if role.org_id in orgs]
    places = [place_of(org, orgs) for org in found]
    return [orgs[one] for place, one in places if place is Place.SCHOOL]


def _administrator(member: StaffMember, orgs: Mapping[str, Org]) -> Administrator:
    schools = _schools(member, orgs)
    return Administrator(
        sourced_id=member.sourced_id,
        name=f"{member.given_name} {member.family_name}".strip() or member.sourced_id,
        title=member.title,
        schools=tuple(dict.fromkeys(school.name for school in schools)),
        works_elsewhere=len(schools) < len(member.roles),
    )


def _proposing(one: Administrator, per_school: Counter[str]) -> Administrator:
    return replace(one, proposed=_proposal(one, per_school))


def _proposal(one: Administrator, per_school: Counter[str]) -> Answer | None:
    if _PRINCIPAL.search(one.title):
        is_assistant = _ASSISTANT.search(one.title)
        return Answer.ASSISTANT_PRINCIPAL if is_assistant else Answer.PRINCIPAL
    if one.title or one.works_elsewhere or len(one.schools) > 1:
        return None
    return Answer.PRINCIPAL if per_school[one.schools[0]] == 1 else None


def _question(asked: tuple[Administrator, ...]) -> str:
    shown = "; ".join(str(one) for one in asked[:_SHOWN])
    more = f"; and {len(asked) - _SHOWN:,} more" if len(asked) > _SHOWN else ""
    return (
        "OneRoster 1.1 has one role for everyone who administers a school. Which of "
        f"these {len(asked):,} are principals? {shown}{more}. Answer with their ids "
        "under “principals”, the assistants’ under “assistant_principals” and what the "
        "others are under “administrators” (none), or with principals=proposed."
    )
