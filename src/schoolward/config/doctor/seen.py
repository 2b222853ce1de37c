"""Every setting as it is read, where it comes from, and what is wrong with it.

Needs nothing but the environment, so it works when nothing else does.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from schoolward.config.doctor.findings import Finding, wrong
from schoolward.config.env import SETTINGS, Setting, SettingError, value_of


HIDDEN = "(hidden)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One setting, as this process sees it."""

    name: str
    value: str
    origin: str
    problem: str = ""

    def as_words(self) -> str:
        """Return the setting as a line for people."""
        return f"  {self.name:<31} {self.value or '(empty)':<34} {self.origin}"

    def as_plain(self) -> dict[str, str]:
        """Return the setting as plain values."""
        return asdict(self)


def settings_seen(environ: Mapping[str, str]) -> list[Seen]:
    """Return every setting with its value and origin; secrets stay hidden."""
    return [_seen(setting, environ) for setting in SETTINGS]


def problems(seen: list[Seen]) -> list[Finding]:
    """Return what cannot be read."""
    return [
        wrong("setting", says=one.problem, remedy=f"Change {one.name} or unset it.")
        for one in seen
        if one.problem
    ]


def _seen(setting: Setting, environ: Mapping[str, str]) -> Seen:
    text = environ.get(setting.name, setting.default)
    problem = ""
    try:
        value_of(setting, environ)
    except SettingError as error:
        problem = str(error).replace(text, HIDDEN) if setting.secret else str(error)
    return Seen(
        name=setting.name,
        value=HIDDEN if setting.secret and text else text,
        origin="environment" if setting.name in environ else "default",
        problem=problem,
    )
