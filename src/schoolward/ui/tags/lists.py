"""Things one under another: lists, pairs of a word and its meaning, timelines."""

from django.utils.safestring import SafeString

from schoolward.ui.markup import fill
from schoolward.ui.tags.library import register


@register.simple_block_tag
def items(content: str, *, label: str = "") -> SafeString:
    """Hold `item`s; j, k and Enter move through them."""
    name = fill(' aria-label="{}"', label) if label else ""
    html = '<ul class="sw-list" data-list hx-boost="false"{}>{}</ul>'
    return fill(html, name, content)


@register.simple_block_tag
def item(
    content: str, title: str, *, url: str = "", note: str = "", end: str = ""
) -> SafeString:
    """Show one thing: what it is, a note, what stands at the end, and its actions."""
    name = _link(title, url) if url else title
    parts = [
        fill('<span class="sw-list__title">{}</span>', name),
        _part("list__note", note),
        _part("list__end", end),
        _acts(content),
    ]
    return fill("<li>{}{}{}{}</li>", *parts)


@register.simple_block_tag
def pairs(content: str) -> SafeString:
    """Hold `pair`s: words and what they mean here."""
    return fill('<dl class="sw-pairs">{}</dl>', content)


@register.simple_block_tag
def pair(content: str, term: str) -> SafeString:
    """Say what one word means here."""
    return fill("<div><dt>{}</dt><dd>{}</dd></div>", term, content)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """Hold `moment`s in the order they happened."""
    return fill('<ol class="sw-timeline">{}</ol>', content)


@register.simple_block_tag
def moment(content: str, title: str, *, when: str, ahead: bool = False) -> SafeString:
    """Show what happened and when, or what is ahead."""
    style = SafeString(' class="sw-timeline__next"') if ahead else ""
    body = fill("<div>{}</div>", content) if content.strip() else ""
    html = '<li{}><b class="sw-block">{}</b>{}<span class="sw-timeline__when">{}</span></li>'
    return fill(html, style, title, body, when)


def _link(text: str, url: str) -> SafeString:
    return fill('<a class="sw-link" href="{}">{}</a>', url, text)


def _part(name: str, content: str) -> SafeString:
    html = '<span class="sw-{}">{}</span>'
    return fill(html, name, content) if content else SafeString("")


def _acts(content: str) -> SafeString:
    html = '<div class="sw-list__acts">{}</div>'
    return fill(html, content) if content.strip() else SafeString("")
