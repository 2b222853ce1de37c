"""Loads: begin, prepare, make so at one moment, undo, discard; and maps, saved by name."""

from schoolward.exchange.actions.asking import (
    arrange,
    ask_to_load,
    ask_to_prepare,
    ask_to_stop,
    ask_to_undo,
)
from schoolward.exchange.actions.endings import discard, sweep, sweep_uploads, undo
from schoolward.exchange.actions.errors import (
    GuardedError,
    LoadRefusedError,
    StaleError,
)
from schoolward.exchange.actions.files import move
from schoolward.exchange.actions.loads import (
    READY,
    begin,
    load_staged,
    load_staged_anew,
    stage,
)
from schoolward.exchange.actions.maps import delete_map, save_map


__all__ = [
    "READY",
    "GuardedError",
    "LoadRefusedError",
    "StaleError",
    "arrange",
    "ask_to_load",
    "ask_to_prepare",
    "ask_to_stop",
    "ask_to_undo",
    "begin",
    "delete_map",
    "discard",
    "load_staged",
    "load_staged_anew",
    "move",
    "save_map",
    "stage",
    "sweep",
    "sweep_uploads",
    "undo",
]
