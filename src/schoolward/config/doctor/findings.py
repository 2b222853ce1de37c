"""What a look at one thing found."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Health(StrEnum):
    """How a thing is."""

    FINE = "fine"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing, how it is, and what to do about it."""

    subject: str
    health: Health
    says: str
    remedy: str = ""

    def as_words(self) -> str:
        """Return the finding as lines for people."""
        line = f"  {self.health:<6} {self.subject:<11} {self.says}"
        return f"{line}\n{'':21}→ {self.remedy}" if self.remedy else line

    def as_plain(self) -> dict[str, str]:
        """Return the finding as plain values."""
        return {key: str(value) for key, value in asdict(self).items()}


def fine(subject: str, *, says: str) -> Finding:
    """Return that a thing is as it should be."""
    return Finding(subject=subject, health=Health.FINE, says=says)


def look(subject: str, *, says: str, remedy: str) -> Finding:
    """Return that somebody should look at a thing, though all works."""
    return Finding(subject=subject, health=Health.LOOK, says=says, remedy=remedy)


def wrong(subject: str, *, says: str, remedy: str) -> Finding:
    """Return that a thing is broken or unsafe."""
    return Finding(subject=subject, health=Health.WRONG, says=says, remedy=remedy)
