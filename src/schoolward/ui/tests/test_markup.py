"""Writing HTML quickly escapes exactly what Django escapes."""

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from schoolward.ui.markup import attributes, escaped, fill


class Drawn:
    """Something that knows its own HTML."""

    def __html__(self):
        return "<i>x</i>"


@given(st.text())
def test_text_is_escaped_as_django_escapes_it(text):
    assert escaped(text) == conditional_escape(text)


def test_safe_text_and_what_knows_its_html_stay_as_they_are():
    assert escaped(mark_safe("<b>")) == "<b>"
    assert escaped(Drawn()) == "<i>x</i>"


def test_lazy_text_and_numbers_are_written():
    assert escaped(gettext_lazy("Name")) == "Name"
    assert escaped(1530) == "1530"


def test_filled_pattern_is_safe_and_is_not_escaped_twice():
    once = fill("<b>{}</b>", "a & b")

    assert fill("<p>{}</p>", once) == "<p><b>a &amp; b</b></p>"


def test_attribute_cannot_be_closed_by_its_value():
    assert attributes({"title": '"><script>'}) == (' title="&quot;&gt;&lt;script&gt;"')
