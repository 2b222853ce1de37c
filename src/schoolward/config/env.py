"""Every setting Schoolward reads from the environment: typed, checked, documented."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class SettingError(ValueError):
    """A setting holds something it cannot mean; the text says what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One environment variable.

    Attributes:
        name: The variable, as written in the environment.
        default: What holds when it is not set, as text.
        meaning: One or two sentences for the person who installs.
        parse: Turns the text into the value; raises ValueError with a sentence.
        secret: Whether `doctor` must not print its value.
    """

    name: str
    default: str
    meaning: str
    parse: Callable[[str], Any]
    secret: bool = False


def yes_or_no(text: str) -> bool:
    """Read yes/no, true/false, on/off, 1/0."""
    known = {"yes": True, "true": True, "on": True, "1": True}
    known |= {"no": False, "false": False, "off": False, "0": False, "": False}
    if text.strip().lower() not in known:
        msg = f"“{text}” is neither yes nor no. Write yes or no."
        raise ValueError(msg)
    return known[text.strip().lower()]


def between(low: float, high: float, *, whole: bool = False) -> Callable[[str], Any]:
    """Return a reader of numbers within limits."""

    def parse(text: str) -> float:
        try:
            value = int(text) if whole else float(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            kind = "a whole number" if whole else "a number"
            msg = f"“{text}” is not {kind} from {low} to {high}."
            raise ValueError(msg)
        return value

    return parse


def one_of(*words: str) -> Callable[[str], str]:
    """Return a reader that accepts only these words."""

    def parse(text: str) -> str:
        if text not in words:
            msg = f"“{text}” is not one of {', '.join(words)}."
            raise ValueError(msg)
        return text

    return parse


def words(text: str) -> list[str]:
    """Read a list separated by commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def time_zone(text: str) -> str:
    """Read the name of a time zone, such as America/Chicago."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        msg = f"“{text}” is not a known time zone. Write one such as America/Chicago."
        raise ValueError(msg) from error
    return text


def folder(text: str) -> Path:
    """Read a folder; `~` is the home of the user who runs Schoolward."""
    return Path(text).expanduser().resolve()


def plain(text: str) -> str:
    """Take the text as it is."""
    return text.strip()


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="SCHOOLWARD_HOME",
        default="~/.local/share/schoolward",
        meaning="The folder that holds all data: the embedded database, the warehouse, "
        "uploads in work, keys. Back it up with `schoolward backup`.",
        parse=folder,
    ),
    Setting(
        name="DATABASE_URL",
        default="",
        meaning="Where PostgreSQL is, such as postgres://user:password@host/schoolward. "
        "Empty means the embedded SQLite database in SCHOOLWARD_HOME.",
        parse=plain,
        secret=True,
    ),
    Setting(
        name="SCHOOLWARD_SECRET_KEY",
        default="",
        meaning="Signs sessions and links. Empty means the key file in SCHOOLWARD_HOME, "
        "which is made at first use. Changing it signs everyone out, and authenticator "
        "apps must be set up anew.",
        parse=plain,
        secret=True,
    ),
    Setting(
        name="SCHOOLWARD_HOSTS",
        default="localhost,127.0.0.1,[::1]",
        meaning="Host names under which people reach Schoolward, separated by commas.",
        parse=words,
    ),
    Setting(
        name="SCHOOLWARD_URL",
        default="http://localhost:8000",
        meaning="The address people type, used in mails and sign-in; it must begin with "
        "https:// for any host but localhost.",
        parse=plain,
    ),
    Setting(
        name="PORT",
        default="8000",
        meaning="The port `schoolward serve` listens on.",
        parse=between(1, 65535, whole=True),
    ),
    Setting(
        name="SCHOOLWARD_LISTEN",
        default="127.0.0.1",
        meaning="The network address `schoolward serve` listens on. Leave it on "
        "127.0.0.1 behind a proxy that holds the certificate.",
        parse=plain,
    ),
    Setting(
        name="SCHOOLWARD_WORKERS",
        default="2",
        meaning="Processes of the web server; one per processor core is a good start.",
        parse=between(1, 64, whole=True),
    ),
    Setting(
        name="SCHOOLWARD_TIME_ZONE",
        default="America/Chicago",
        meaning="The time zone before `schoolward init` stores the district's own.",
        parse=time_zone,
    ),
    Setting(
        name="SCHOOLWARD_DEBUG",
        default="no",
        meaning="Show errors in full to whoever meets them. Never on a real district.",
        parse=yes_or_no,
    ),
    Setting(
        name="SCHOOLWARD_TRUST_PROXY",
        default="no",
        meaning="Believe the X-Forwarded-Proto and X-Forwarded-For headers. Only behind "
        "a proxy that sets both itself.",
        parse=yes_or_no,
    ),
    Setting(
        name="SCHOOLWARD_LOG",
        default="json",
        meaning="How log lines are written: json for machines, words for people.",
        parse=one_of("json", "words"),
    ),
    Setting(
        name="SCHOOLWARD_LOG_LEVEL",
        default="INFO",
        meaning="The least serious line that is written.",
        parse=one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    ),
    Setting(
        name="SCHOOLWARD_MAIL_URL",
        default="",
        meaning="The mail server, such as smtp+tls://user:password@mail.example.org:587. "
        "Empty means no mail is sent: invitations become links to copy.",
        parse=plain,
        secret=True,
    ),
    Setting(
        name="SCHOOLWARD_MAIL_FROM",
        default="schoolward@localhost",
        meaning="The sender of every mail.",
        parse=plain,
    ),
    Setting(
        name="SCHOOLWARD_OIDC",
        default="",
        meaning="Identity providers as JSON: a list of objects with id, name, server_url, "
        "client_id and secret. See docs/how-to/single-sign-on.md.",
        parse=plain,
        secret=True,
    ),
    Setting(
        name="SCHOOLWARD_OIDC_LINKS_BY_EMAIL",
        default="no",
        meaning="Whether a provider's verified e-mail address may open the account that "
        "already has this address. Say yes only if the provider is run by the district.",
        parse=yes_or_no,
    ),
    Setting(
        name="SCHOOLWARD_SECOND_FACTOR",
        default="seats",
        meaning="Who must have a second factor: seats for administrators, analysts, "
        "records officers and the superintendent; everyone for all.",
        parse=one_of("seats", "everyone"),
    ),
    Setting(
        name="SCHOOLWARD_MINIMUM_CELL",
        default="10",
        meaning="Groups of students smaller than this are not shown, nor anything from "
        "which they could be worked out. Never under 5.",
        parse=between(5, 1000, whole=True),
    ),
    Setting(
        name="SCHOOLWARD_GUARD_ENDED",
        default="0.05",
        meaning="A load that would end more than this share of the rows it reaches stops "
        "and asks.",
        parse=between(0, 1),
    ),
    Setting(
        name="SCHOOLWARD_GUARD_CHANGED",
        default="0.20",
        meaning="A load that would change more than this share of the rows it reaches "
        "stops and asks. In Chicago an ordinary year changes 12 to 13 % of networks.",
        parse=between(0, 1),
    ),
    Setting(
        name="SCHOOLWARD_UPLOAD_MB",
        default="300",
        meaning="The largest file that may be uploaded, and four times this the most it "
        "may unpack to.",
        parse=between(1, 10000, whole=True),
    ),
    Setting(
        name="SCHOOLWARD_BACKUP_PASSPHRASE",
        default="",
        meaning="Seals what `schoolward backup` writes. Empty leaves the file open to "
        "whoever can read it. Without the passphrase a sealed backup is lost.",
        parse=plain,
        secret=True,
    ),
    Setting(
        name="SCHOOLWARD_WATCH",
        default="",
        meaning="A folder that is looked through every night for files to load. Empty "
        "means none. See docs/how-to/nightly-imports.md.",
        parse=plain,
    ),
)


def read(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return every setting's value by its name.

    Raises:
        SettingError: A variable holds something it cannot mean. The sentence names
            the variable and says what to write.
    """
    return {setting.name: value_of(setting, environ) for setting in SETTINGS}


def value_of(setting: Setting, environ: Mapping[str, str]) -> Any:
    """Return one setting's value, from the environment or its default.

    Raises:
        SettingError: The variable holds something it cannot mean.
    """
    text = environ.get(setting.name, setting.default)
    try:
        return setting.parse(text)
    except ValueError as error:
        msg = f"{setting.name}: {error}"
        raise SettingError(msg) from error
