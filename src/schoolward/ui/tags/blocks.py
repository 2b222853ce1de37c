"""Parts of a page that hold other parts: head, section, notice, refusal, dialog."""

from typing import Literal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify

from schoolward.kernel.decision import Decision
from schoolward.ui.markup import attributes as write_attributes
from schoolward.ui.markup import each, fill
from schoolward.ui.tags.controls import Kind, style_of
from schoolward.ui.tags.library import register
from schoolward.ui.tags.words import icon as draw


Notice = Literal["accent", "good", "watch", "bad", "plain"]
NOTICES: dict[Notice, tuple[str, str]] = {
    "accent": ("info", ""),
    "good": ("circle-check", " sw-notice--good"),
    "watch": ("triangle-alert", " sw-notice--watch"),
    "bad": ("octagon-alert", " sw-notice--bad"),
    "plain": ("info", " sw-notice--plain"),
}


@register.simple_tag
def crumbs(*trail: str) -> SafeString:
    """Show the way here: a word and its address in turn, last the page's own word."""
    html = '<nav class="sw-crumbs" aria-label="Breadcrumb">{}<span>{}</span></nav>'
    step = '<a href="{}">{}</a> {} '
    arrow = draw("chevron-right", small=True)
    pairs = zip(trail[:-1:2], trail[1::2], strict=True)
    links = each(step, ((url, word, arrow) for word, url in pairs))
    return fill(html, links, trail[-1])


@register.simple_block_tag
def page_head(
    content: str, title: str, *, lede: str = "", eyebrow: str = "", facts: str = ""
) -> SafeString:
    """Open a page: its one h1, a sentence under it, and its main actions."""
    page = {
        "content": content.strip() and content,
        "title": title,
        "lede": lede,
        "eyebrow": eyebrow,
        "facts": facts,
    }
    return render_to_string("ui/page_head.html", page)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """Set small true things about a page's subject in a row."""
    return fill('<p class="sw-facts">{}</p>', content)


@register.simple_tag
def fact(value: str, *, before: str = "", after: str = "") -> SafeString:
    """Say one thing, such as "412 students"; the value stands out."""
    return fill("<span>{} <b>{}</b> {}</span> ", before, value, after)


@register.simple_block_tag
def section(
    content: str,
    title: str,
    *,
    id: str = "",  # noqa: A002 - the attribute's own name
    meta: str = "",
    question: str = "",
) -> SafeString:
    """Group one subject under a heading over a rule."""
    page = {
        "content": content,
        "title": title,
        "id": id or slugify(title),
        "meta": meta,
        "question": question,
    }
    return render_to_string("ui/section.html", page)


@register.simple_block_tag
def panel(content: str, title: str, *, meta: str = "") -> SafeString:
    """Group a part of a section under a smaller heading, without a rule."""
    html = '<div class="sw-panel"><h3>{}</h3>{}{}</div>'
    note = fill('<p class="sw-small sw-3rd">{}</p>', meta) if meta else ""
    return fill(html, title, note, content)


@register.simple_block_tag
def columns(content: str, *, split: Literal["1-1", "2-1", "1-2"] = "1-1") -> SafeString:
    """Set sections side by side on a wide screen, one under the other elsewhere."""
    style = {"1-1": "2", "2-1": "21", "1-2": "12"}[split]
    return fill('<div class="sw-cols sw-cols--{}">{}</div>', style, content)


@register.simple_block_tag
def column(content: str) -> SafeString:
    """Hold several sections in one of the columns."""
    return fill("<div>{}</div>", content)


@register.simple_block_tag
def region(content: str, *, id: str, label: str, count: str = "") -> SafeString:  # noqa: A002
    """Hold a list with its filter, tabs and pages: their links replace only this.

    Without script the same links load the whole page. `count` is spoken after a change.
    """
    attributes = {
        "class": "sw-region",
        "id": id,
        "role": "region",
        "aria-label": label,
        "data-region": True,
        "data-spoken": count or None,
        "hx-boost": "true",
        "hx-target": f"#{id}",
        "hx-select": f"#{id}",
        "hx-swap": "outerHTML show:none",
        "hx-push-url": "true",
    }
    return fill("<div{}>{}</div>", write_attributes(attributes), content)


@register.simple_block_tag
def notice(
    content: str, *, tone: Notice = "accent", icon: str = "", spoken: bool = False
) -> SafeString:
    """Say one thing that matters now; `spoken` when it tells what was just done."""
    shape, style = NOTICES[tone]
    role = SafeString(' role="status"') if spoken else ""
    html = '<div class="sw-notice{}"{}>{}<div class="sw-notice__body">{}</div></div>'
    return fill(html, style, role, draw(icon or shape), content)


@register.simple_tag
def refusal(decision: Decision, *, link: str = "", link_text: str = "") -> SafeString:
    """Say no, with the reason and the next step, always both."""
    page = {"decision": decision, "link": link, "link_text": link_text}
    return render_to_string("ui/refusal.html", page)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """Stand where nothing is yet: what will be here, and one next step."""
    html = '<div class="sw-empty"><p class="sw-empty__title">{}</p>{}</div>'
    return fill(html, title, content)


@register.simple_block_tag
def dialog(
    content: str,
    title: str,
    *,
    opener: str,
    page: str = "",
    kind: Kind = "danger",
) -> SafeString:
    """Ask before an act that cannot be undone; everywhere else, do it and offer Undo.

    `page` is the address that asks the same without script.
    """
    shown = {
        "content": content,
        "title": title,
        "id": f"ask-{slugify(title)}",
        "opener": opener,
        "page": page,
        "style": style_of(kind),
    }
    return render_to_string("ui/dialog.html", shown)
