"""What a person presses: buttons, links, tabs, filters, pages and disclosures."""

from typing import Any, Literal

from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from schoolward.ui.markup import attributes as write_attributes
from schoolward.ui.markup import fill
from schoolward.ui.tags.library import register
from schoolward.ui.tags.words import icon as draw


Kind = Literal["plain", "primary", "quiet", "danger"]
STYLES: dict[Kind, str] = {
    "plain": "sw-button",
    "primary": "sw-button sw-button--primary",
    "quiet": "sw-button sw-button--quiet",
    "danger": "sw-button sw-button--danger",
}


@register.simple_tag
def button(
    text: str,
    *,
    kind: Kind = "plain",
    icon: str = "",
    small: bool = False,
    name: str = "",
    value: str = "",
) -> SafeString:
    """Send the form it stands in; its text is a verb that says the result."""
    attributes = {
        "class": style_of(kind, small=small),
        "type": "submit",
        "name": name or None,
        "value": value or None,
    }
    return _button(text, attributes, icon=icon)


@register.simple_tag
def link_button(
    text: str, url: str, *, kind: Kind = "plain", icon: str = "", small: bool = False
) -> SafeString:
    """Lead somewhere, looking like a button."""
    html = '<a class="{}" href="{}">{}{}</a>'
    return fill(html, style_of(kind, small=small), url, _shape(icon), text)


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    text: str,
    url: str,
    *,
    kind: Kind = "plain",
    icon: str = "",
    small: bool = False,
) -> SafeString:
    """Do one thing at an address, at once: a form of one button."""
    html = '<form class="sw-inline" method="post" action="{}">{}{}</form>'
    pressed = button(text, kind=kind, icon=icon, small=small)
    return fill(html, url, csrf_input(context), pressed)


@register.simple_tag
def unavailable_button(text: str, *, because: str) -> SafeString:
    """Show what cannot be done yet; the words say why."""
    html = '<button class="sw-button" type="button" disabled>{}: {}</button>'
    return fill(html, text, because)


@register.simple_tag
def print_button(text: str = "Print") -> SafeString:
    """Print the page; shown only where script can do it."""
    attributes = {
        "class": STYLES["plain"],
        "type": "button",
        "data-print": True,
        "hidden": True,
    }
    return _button(text, attributes, icon="printer")


@register.simple_tag
def copy_button(text: str, *, source: str) -> SafeString:
    """Copy the text of the element with this id; shown only where script can do it."""
    attributes = {
        "class": STYLES["plain"],
        "type": "button",
        "data-copies": source,
        "hidden": True,
    }
    return _button(text, attributes, icon="copy")


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """Set buttons in a row."""
    return fill('<div class="sw-actions">{}</div>', content)


@register.simple_block_tag
def tabs(content: str, *, label: str) -> SafeString:
    """Offer views of the same thing; each is a `tab` and a real link."""
    return fill('<nav class="sw-tabs" aria-label="{}">{}</nav>', label, content)


@register.simple_tag
def tab(
    text: str, url: str, *, count: int | None = None, current: bool = False
) -> SafeString:
    """Lead to one view; the count stands beside the word."""
    mark = mark_safe(' aria-current="true"') if current else ""
    number = "" if count is None else _count(count)
    html = '<a class="sw-tabs__a" href="{}"{}>{}{}</a>'
    return fill(html, url, mark, text, number)


@register.simple_block_tag
def filter_bar(
    content: str, *, label: str, result: str = "", clear: str = "", action: str = ""
) -> SafeString:
    """Narrow a list by a form that asks with GET, so that the answer has an address."""
    page = {
        "content": content,
        "label": label,
        "result": result,
        "clear": clear,
        "action": action,
    }
    return render_to_string("ui/filter_bar.html", page)


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page[Any], *, noun: str) -> SafeString:
    """Lead through the pages of a list, keeping what was asked for."""
    asked: QueryDict = context["request"].GET
    if page.paginator.count == 1:
        return SafeString("")
    numbers = page.paginator.get_elided_page_range(
        page.number, on_each_side=1, on_ends=1
    )
    links = [(n, _address(asked, n) if isinstance(n, int) else "") for n in numbers]
    before = _address(asked, page.number - 1) if page.has_previous() else ""
    after = _address(asked, page.number + 1) if page.has_next() else ""
    shown = {
        "page": page,
        "links": links,
        "text": _extent(page, noun),
        "before": before,
        "after": after,
    }
    return render_to_string("ui/pager.html", shown)


@register.simple_tag
def steps(
    *,
    text: str = "",
    before: str = "",
    after: str = "",
    before_text: str = "Back",
    after_text: str = "More",
) -> SafeString:
    """Lead through a list that knows only its neighbors: newer and older."""
    page = {
        "text": text,
        "before": before,
        "after": after,
        "before_text": before_text,
        "after_text": after_text,
    }
    return render_to_string("ui/steps.html", page)


@register.simple_block_tag
def why(content: str, text: str, *, opened: bool = False) -> SafeString:
    """Answer a question in place, when asked."""
    html = (
        '<details class="sw-why"{}><summary>{}{}</summary>'
        '<div class="sw-why__body">{}</div></details>'
    )
    shape = draw("chevron-right", small=True)
    mark = mark_safe(" open") if opened else ""
    return fill(html, mark, shape, text, content)


def csrf_input(context: Context) -> SafeString:
    """Return the hidden field that proves a form is ours; nothing outside a request."""
    return mark_safe(CsrfTokenNode().render(context))  # noqa: S308 - Django's own field


def style_of(kind: Kind, *, small: bool = False) -> str:
    """Return the classes of a button."""
    return f"{STYLES[kind]} sw-button--s" if small else STYLES[kind]


def _button(text: str, attributes: dict[str, Any], *, icon: str) -> SafeString:
    return fill(
        "<button{}>{}{}</button>", write_attributes(attributes), _shape(icon), text
    )


def _shape(name: str) -> SafeString:
    return draw(name, small=True) if name else SafeString("")


def _count(number: int) -> SafeString:
    return fill(' <span class="sw-count">{}</span>', f"{number:,}")


def _address(asked: QueryDict, number: int) -> str:
    query = asked.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _extent(page: Page[Any], noun: str) -> str:
    first, last, count = page.start_index(), page.end_index(), page.paginator.count
    if not count:
        return f"No {noun}"
    if page.paginator.num_pages == 1:
        return f"All {count:,} {noun}"
    return f"{first:,}–{last:,} of {count:,} {noun}"
