"""What stands around every page: its messages and its scripts."""

from dataclasses import dataclass

from django.contrib.messages.storage.base import Message
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from schoolward.ui.messages import UNDO
from schoolward.ui.tags.blocks import NOTICES, Notice
from schoolward.ui.tags.controls import csrf_input
from schoolward.ui.tags.library import register


TONES: dict[str, Notice] = {
    "debug": "plain",
    "info": "accent",
    "success": "good",
    "warning": "watch",
    "error": "bad",
}


@dataclass(frozen=True, slots=True)
class _Said:
    """A message, ready to draw."""

    text: str
    style: str
    icon: str
    undo: str


@register.simple_tag(takes_context=True)
def messages_now(context: Context) -> SafeString:
    """Show what was just done, each with its Undo where it can be undone."""
    said = [_said(message) for message in context.get("messages") or ()]
    page = {"said": said, "csrf": csrf_input(context)}
    return render_to_string("ui/messages.html", page) if said else SafeString("")


def _said(message: Message) -> _Said:
    icon, style = NOTICES[TONES.get(message.level_tag, "accent")]
    tag = message.extra_tags or ""
    undo = tag.removeprefix(UNDO) if tag.startswith(UNDO) else ""
    return _Said(text=str(message.message), style=style, icon=icon, undo=undo)
