"""Short signs beside a number or a name: icon, pill, clock, withheld cell."""

from functools import lru_cache
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

from schoolward.ui import icons
from schoolward.ui.markup import attributes, fill
from schoolward.ui.tags.library import register


Tone = Literal["quiet", "good", "watch", "bad", "accent", "line"]
Clock = Literal["open", "near", "late", "ended"]

SHAPES: dict[Tone, str] = {
    "quiet": "",
    "good": "circle-check",
    "watch": "triangle-alert",
    "bad": "octagon-alert",
    "accent": "",
    "line": "",
}
CLOCKS: dict[Clock, tuple[str, str]] = {
    "open": ("clock", ""),
    "near": ("clock", " sw-clock--near"),
    "late": ("octagon-alert", " sw-clock--late"),
    "ended": ("circle-check", " sw-clock--ended"),
}
NO_VALUE = mark_safe(
    '<span aria-hidden="true">–</span><span class="sw-vh">No value</span>'
)


@register.simple_tag
def icon(name: str, *, small: bool = False, label: str = "") -> SafeString:
    """Draw an icon; silent beside a word, spoken when it has a label."""
    return _drawn(name, " sw-icon--s" if small else "", label)


@lru_cache(maxsize=512)
def _drawn(name: str, size: str, label: str) -> SafeString:
    said = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    drawing = '<svg class="sw-icon{}" viewBox="0 0 24 24"{}>{}</svg>'
    return fill(drawing, size, attributes(said), icons.strokes(name))


@register.simple_tag
def pill(text: str, *, tone: Tone = "quiet", icon: str = "") -> SafeString:
    """Show a short status: the word carries the meaning, shape and color help."""
    shape = icon or SHAPES[tone]
    plain = "" if shape else " sw-pill--plain"
    drawing = _small(shape)
    html = '<span class="sw-pill sw-pill--{}{}">{}{}</span>'
    return fill(html, tone, plain, drawing, text)


@register.simple_tag
def clock(text: str, *, state: Clock = "open") -> SafeString:
    """Show how long a promise still runs, such as "2 days late"."""
    shape, style = CLOCKS[state]
    html = '<span class="sw-clock{}">{}{}</span>'
    return fill(html, style, _small(shape), text)


@register.simple_tag
def hidden_cell(reason: str = "Not shown: under 10 students") -> SafeString:
    """Stand where a value is withheld: hatched, with its reason; never blank or zero."""
    html = (
        '<span class="sw-hidden-cell">{}'
        '<span class="sw-hidden-cell__text">{}</span></span>'
    )
    return fill(html, _small("eye-off"), reason)


@register.simple_tag
def no_value() -> SafeString:
    """Stand where nothing was collected: a dash that is spoken as "No value"."""
    return NO_VALUE


def _small(shape: str) -> SafeString:
    return icon(shape, small=True) if shape else SafeString("")
