"""What time was for: few categories, and rules people can read, the first that fits.

A rule looks at words of the title, at how many of one's principals were asked, at
whether the place is a school, and at who called the meeting. What it finds, it says.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What an event was for; in the order in which overlapping minutes are given."""

    ONE_ON_ONE = "one_on_one"
    VISIT = "visit"
    NETWORK = "network"
    STRENGTHENING = "strengthening"
    WITH_PRINCIPAL = "with_principal"
    LEARNING = "learning"
    COMPLIANCE = "compliance"
    OPERATIONS = "operations"
    FILLING_IN = "filling_in"
    CENTRAL = "central"
    TRAVEL = "travel"
    UNSORTED = "unsorted"
    PERSONAL = "personal"

    @property
    def label(self) -> str:
        """Return the words people read."""
        return LABELS[self]


LABELS = {
    Category.ONE_ON_ONE: "One-on-one for leadership",
    Category.VISIT: "Joint classroom visit",
    Category.NETWORK: "Network of principals",
    Category.STRENGTHENING: "Accountability that strengthened leadership",
    Category.WITH_PRINCIPAL: "With a principal for something else",
    Category.LEARNING: "Own learning",
    Category.COMPLIANCE: "Accountability as compliance",
    Category.OPERATIONS: "Operations",
    Category.FILLING_IN: "Filling in for another unit",
    Category.CENTRAL: "Central meetings",
    Category.TRAVEL: "Travel",
    Category.UNSORTED: "Not sorted",
    Category.PERSONAL: "Personal",
}
FOR_LEADERSHIP = frozenset(
    {Category.ONE_ON_ONE, Category.VISIT, Category.NETWORK, Category.STRENGTHENING}
)
"""Time for principals' instructional leadership."""
WITH_PRINCIPALS = FOR_LEADERSHIP | {Category.WITH_PRINCIPAL}


class Principals(StrEnum):
    """How many of one's own principals an event must ask."""

    ANY = "any"
    NONE = "none"
    SOME = "some"
    ONE = "one"
    SEVERAL = "several"

    def fits(self, count: int) -> bool:
        """Return whether a number of principals is meant."""
        match self:
            case Principals.NONE:
                return count == 0
            case Principals.SOME:
                return count > 0
            case Principals.ONE:
                return count == 1
            case Principals.SEVERAL:
                return count >= SEVERAL_AT_LEAST
        return True


SEVERAL_AT_LEAST = 3
_SAID = {
    Principals.NONE: "none of your principals is invited",
    Principals.SOME: "a principal of yours is invited",
    Principals.ONE: "one principal of yours is invited",
    Principals.SEVERAL: "three or more of your principals are invited",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a rule may look at.

    Attributes:
        title: What the event is called.
        school: The school that its place or title names; empty when none.
        principal_count: Own principals among those invited and who invited.
        unit: The central unit of whoever called it; empty when it is one's own.
        is_private: Whether only the time is known.
    """

    title: str = ""
    school: str = ""
    principal_count: int = 0
    unit: str = ""
    is_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """If all of it is so, the category is this; parts that say nothing are so.

    Attributes:
        name: What people call it.
        category: Where it puts an event.
        words: One of these stands in the title; a star at the end goes on.
        principals: How many of one's own principals are asked.
        at_school: Whether place or title must name a school.
        from_unit: Whether a central unit must have called it.
    """

    name: str
    category: Category
    words: tuple[str, ...] = ()
    principals: Principals = Principals.ANY
    at_school: bool = False
    from_unit: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where an event fell, and why, as a sentence."""

    category: Category
    rule: str
    why: str


def plain(text: str) -> str:
    """Return a text's words in small letters, one space between.

    >>> plain("1:1 – Ms. Novak’s check-in")
    '1 1 ms novak s check in'
    """
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def found_word(words: Iterable[str], title: str) -> str:
    """Return the first of the words that a title holds; a star at the end goes on.

    >>> found_word(("walk*", "visit"), "Learning walkthrough at Orchard")
    'walk*'
    """
    held = f" {plain(title)} "
    for word in words:
        sought = plain(word)
        ending = "" if word.endswith("*") else " "
        if sought and f" {sought}{ending}" in held:
            return word
    return ""


def sort_event(
    facts: Facts, rules: Sequence[Rule], *, own: Sequence[tuple[str, Category]] = ()
) -> Verdict:
    """Say what an event was for: one's own rules first, then the shared ones in order.

    Args:
        facts: What is known of it.
        rules: The district's rules; the first that fits decides.
        own: Titles the owner sorted once for all, each with its category.
    """
    if facts.is_private:
        return Verdict(Category.PERSONAL, "private", "You marked it private.")
    title = plain(facts.title)
    for said, category in own:
        if title and plain(said) == title:
            return Verdict(
                category, "own", "Your own rule for everything called like this."
            )
    for rule in rules:
        reasons = _reasons(rule, facts)
        if reasons is not None:
            why = "; ".join(reasons) or "no other rule fits"
            return Verdict(rule.category, rule.name, f"{why[0].upper()}{why[1:]}.")
    return Verdict(Category.UNSORTED, "", "No rule fits; choose what it was for.")


def _reasons(rule: Rule, facts: Facts) -> list[str] | None:
    """Return why a rule fits, or None when it does not."""
    word = found_word(rule.words, facts.title)
    fits = (
        (bool(word) or not rule.words)
        and rule.principals.fits(facts.principal_count)
        and (bool(facts.school) or not rule.at_school)
        and (bool(facts.unit) or not rule.from_unit)
    )
    if not fits:
        return None
    said = [f"the title holds “{word.rstrip('*')}”"] if word else []
    if rule.principals is not Principals.ANY:
        said.append(_SAID[rule.principals])
    if rule.at_school:
        said.append(f"it names {facts.school}")
    if rule.from_unit:
        said.append(f"called by {facts.unit}")
    return said
