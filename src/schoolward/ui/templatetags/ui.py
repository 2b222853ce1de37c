"""The components every page is built from, as one library loaded into all templates."""

from schoolward.ui.tags import (
    blocks,
    charts,
    controls,
    figures,
    forms,
    frame,
    lists,
    tables,
    words,
)
from schoolward.ui.tags.library import register


__all__ = [
    "blocks",
    "charts",
    "controls",
    "figures",
    "forms",
    "frame",
    "lists",
    "register",
    "tables",
    "words",
]
