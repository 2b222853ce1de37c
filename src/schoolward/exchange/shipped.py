"""The maps that ship with the project, by name."""

from functools import cache
from importlib.resources import files

from schoolward.exchange.map_format import read_map
from schoolward.exchange.maps import Map


_FOLDER = files("schoolward.exchange") / "shipped_maps"


def shipped_names() -> list[str]:
    """Return the names of the shipped maps."""
    return sorted(
        file.name.removesuffix(".toml")
        for file in _FOLDER.iterdir()
        if file.name.endswith(".toml")
    )


@cache
def shipped_map(name: str) -> Map:
    """Return a shipped map.

    Raises:
        LookupError: No map of this name ships.
    """
    if name not in shipped_names():
        msg = f"No map named {name} ships. There are {', '.join(shipped_names())}."
        raise LookupError(msg)
    return read_map((_FOLDER / f"{name}.toml").read_text(), name=name)


def shipped_text(name: str) -> str:
    """Return a shipped map as it is written."""
    return (_FOLDER / f"{name}.toml").read_text()
