"""Single numbers that stand out, and bars beside a number."""

from typing import Literal

from django.utils.safestring import SafeString

from schoolward.ui.markup import fill
from schoolward.ui.tags.library import register
from schoolward.ui.tags.words import NO_VALUE


Ink = Literal["accent", "good", "watch", "bad", "c2", "c4"]


@register.simple_block_tag
def figures(content: str) -> SafeString:
    """Hold `figure`s between two rules."""
    return fill('<div class="sw-figures">{}</div>', content)


@register.simple_tag
def figure(
    label: str, number: str | int | None, *, small: str = "", note: str = ""
) -> SafeString:
    """Show a number, what it is of, and its target or usual range.

    Zero is a value; None is none. `note` may be a pill or a sparkline.
    """
    html = (
        '<div class="sw-figure"><div class="sw-figure__label">{}</div>'
        '<div class="sw-figure__num">{} {}</div>'
        '<div class="sw-figure__note">{}</div></div>'
    )
    tail = fill("<small>{}</small>", small) if small else ""
    return fill(html, label, _number(number), tail, note)


@register.simple_tag
def bar(share: float, text: str, *, ink: Ink = "accent") -> SafeString:
    """Draw a share, from 0 to 1, beside the words that say it."""
    length = round(90 * min(max(share, 0), 1), 1)
    html = (
        '<span class="sw-bar"><svg class="sw-svg" width="90" height="8" '
        'viewBox="0 0 90 8" aria-hidden="true">'
        '<rect class="f-c6" y="3" width="90" height="2"/>'
        '<rect class="f-{}" y="1" width="{}" height="6" rx="1"/></svg>{}</span>'
    )
    return fill(html, ink, length, text)


def _number(number: str | int | None) -> str:
    if number is None:
        return NO_VALUE
    return f"{number:,}" if isinstance(number, int) else number
