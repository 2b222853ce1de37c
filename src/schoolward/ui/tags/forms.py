"""Forms: fields with label, hint and message; the summary of what needs a look."""

from typing import Any, Literal

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from schoolward.ui.markup import attributes as write_attributes
from schoolward.ui.markup import each, fill
from schoolward.ui.tags.controls import csrf_input
from schoolward.ui.tags.library import register


Shape = Literal["full", "compact"]
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
WRITTEN = frozenset({"text", "search", "email"})
COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@register.simple_block_tag(takes_context=True, end_name="endform")
def form(
    context: Context,
    content: str,
    form: forms.BaseForm | None = None,
    *,
    action: str = "",
    submit: str = "",
    cancel: str = "",
) -> SafeString:
    """Send what a person wrote; on the way back, say first what needs a look."""
    page = {
        "content": content,
        "form": form,
        "action": action,
        "submit": submit,
        "cancel": cancel,
        "csrf": csrf_input(context),
    }
    return render_to_string("ui/form.html", page)


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    """Draw every field of a form, in its order."""
    hidden = ((bound.as_hidden(),) for bound in form.hidden_fields())
    shown = ((field(bound),) for bound in form.visible_fields())
    return each("{}", (*shown, *hidden))


@register.simple_tag
def field(
    bound: BoundField,
    *,
    hint: str = "",
    shape: Shape = "full",
    says_optional: bool = True,
) -> SafeString:
    """Draw one field: label, hint, message, control, each tied to the other."""
    if bound.is_hidden:
        return SafeString(bound.as_hidden())
    if shape == "compact" and not isinstance(bound.field.widget, CHOICES):
        return _compact(bound)
    words = {
        "bound": bound,
        "id": bound.id_for_label or bound.auto_id,
        "hint": hint or bound.help_text,
        "optional": says_optional and not bound.field.required and not _is_tick(bound),
    }
    return render_to_string(_template(bound), words | _control(bound, words))


def _compact(bound: BoundField) -> SafeString:
    """Draw a field of a filter; its label shows where nothing inside says it."""
    kind = getattr(bound.field.widget, "input_type", "")
    own = bound.field.widget.attrs
    said = {"placeholder": own.get("placeholder", bound.label)}
    control = bound.as_widget(
        attrs={"class": _classes(bound), **(said if kind in WRITTEN else {})}
    )
    style = "sw-vh" if kind in {"select", *WRITTEN} else "sw-label"
    html = (
        '<span class="sw-field sw-field--compact">'
        '<label class="{}" for="{}">{}</label>{}</span>'
    )
    return fill(html, style, bound.id_for_label, bound.label, control)


@register.simple_tag
def errors(form: forms.BaseForm) -> SafeString:
    """List what needs a look; each line leads to its field. Takes focus on load."""
    lines = [("", str(line)) for line in form.non_field_errors()]
    for name, messages in form.errors.items():
        if name != NON_FIELD_ERRORS:
            lines.extend(
                (_target(form[name]), _said(form[name], line)) for line in messages
            )
    if not lines:
        return SafeString("")
    page = {
        "lines": lines,
        "title": _title(lines),
        "id": f"errors-{form.prefix or 'form'}",
    }
    return render_to_string("ui/errors.html", page)


def _template(bound: BoundField) -> str:
    if isinstance(bound.field.widget, CHOICES):
        return "ui/field_choices.html"
    return "ui/field_tick.html" if _is_tick(bound) else "ui/field.html"


def _is_tick(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, forms.CheckboxInput)


def _control(bound: BoundField, words: dict[str, Any]) -> dict[str, Any]:
    described = _described(bound, words)
    if isinstance(bound.field.widget, CHOICES):
        group = {"aria-describedby": described, "id": words["id"]}
        return {"group": write_attributes(group), "options": bound.subwidgets}
    said: dict[str, Any] = {"aria-describedby": described} if described else {}
    if bound.field.widget.attrs.get("placeholder") == bound.label:
        # the label says it already; a sign-in library writes both
        said["placeholder"] = False
    return {"control": bound.as_widget(attrs={"class": _classes(bound), **said})}


def _classes(bound: BoundField) -> str:
    own = bound.field.widget.attrs.get("class", "")
    return f"{_style(bound.field.widget)} {own}".strip()


def _style(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "sw-tick__in"
    return "sw-input sw-input--file" if widget.needs_multipart_form else "sw-input"


def _described(bound: BoundField, words: dict[str, Any]) -> str | None:
    hint = f"{words['id']}-hint" if words["hint"] else ""
    error = f"{words['id']}-error" if bound.errors else ""
    return " ".join(filter(None, (error, hint))) or None


def _target(bound: BoundField) -> str:
    if isinstance(bound.field.widget, CHOICES):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _said(bound: BoundField, line: object) -> str:
    """Return a message for the summary; one that fits any field names its own."""
    empty = bound.field.error_messages.get("required")
    return f"“{bound.label}” is still empty." if line == empty else str(line)


def _title(lines: list[tuple[str, str]]) -> str:
    count = len(lines)
    word = COUNTS[count] if count < len(COUNTS) else str(count)
    return f"{word} thing needs a look" if count == 1 else f"{word} things need a look"


@register.simple_block_tag
def fieldset(content: str, legend: str, *, hint: str = "") -> SafeString:
    """Group fields that answer one question together."""
    words = fill('<span class="sw-hint">{}</span>', hint) if hint else ""
    html = (
        '<fieldset class="sw-fieldset"><legend class="sw-label">{}</legend>'
        "{}{}</fieldset>"
    )
    return fill(html, legend, words, content)


@register.simple_block_tag
def fields_row(content: str) -> SafeString:
    """Set short fields beside each other on a wide screen."""
    return fill('<div class="sw-fieldrow">{}</div>', content)
