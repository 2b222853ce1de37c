"""Forms keep to their accessibility criteria, and carry what a form needs."""

from django import forms

from schoolward.ui.samples import Note
from schoolward.ui.tests.criteria import meets
from schoolward.ui.tests.html import component, draw, elements, get, text
from schoolward.ui.widgets import Day


class Small(forms.Form):
    name = forms.CharField(label="Name", help_text="As people say it.")
    seats = forms.MultipleChoiceField(
        choices=[("p", "Principal"), ("i", "ILD")], widget=forms.CheckboxSelectMultiple
    )

    def clean(self):
        self.add_error(None, "Another form is open; close it first")


@meets("form", "Every control has a label that is tied to it.")
def test_every_control_has_a_label():
    html = component("form")

    labeled = {get(label, "for") for label in elements(html, "label")}
    controls = [
        get(control, "id")
        for name in ("input", "select", "textarea")
        for control in elements(html, name)
        if get(control, "type") != "hidden"
    ]
    assert set(controls) == labeled
    assert len(controls) == len(set(controls))


@meets("form", "Hint and message are read with the control they belong to.")
def test_hint_and_message_are_read_with_their_control():
    html = draw("{% field form.name %}", form=Small({}))

    (control,) = elements(html, "input")
    described = [elements(html, id=part) for part in _described(control)]
    assert [text(found[0]) for found in described] == [
        "This field is required.",
        "As people say it.",
    ]


@meets("form", "The summary can take focus and each of its lines leads to its field.")
def test_summary_takes_focus_and_leads_to_fields():
    html = draw("{% form form %}{% fields form %}{% endform %}", form=Small({}))

    (summary,) = elements(html, class_="sw-errors")
    targets = [get(link, "href")[1:] for link in elements(str(summary), "a")]
    assert get(summary, "tabindex") == "-1"
    assert "data-focus" in dict(summary.attributes)
    assert targets == ["id_name", "id_seats_0"]
    assert all(elements(html, id=target) for target in targets)


@meets("form", "A control in error is marked as such and its message says what to do.")
def test_control_in_error_is_marked():
    html = draw("{% field form.day %}", form=Note({"day": "soon"}))

    (control,) = elements(html, "input")
    (message,) = elements(html, class_="sw-error")
    assert get(control, "aria-invalid") == "true"
    assert get(message, "id") in _described(control)


@meets(
    "form", "Choices of one question stand in a fieldset with the question as legend."
)
def test_choices_stand_in_a_fieldset():
    html = draw("{% field form.led %}", form=Note())

    (group,) = elements(html, "fieldset")
    assert text(elements(str(group), "legend")[0]) == "Who led?"
    assert len(elements(str(group), "input", type="radio")) == 3


@meets("form", "What may be left empty says so.")
def test_optional_field_says_so():
    html = draw("{% field form.seen %}", form=Note())

    assert text(elements(html, "label")[0]) == "What you saw, in words optional"


def test_summary_says_what_belongs_to_no_field():
    html = draw("{% errors form %}", form=Small({"name": "A", "seats": ["p"]}))

    assert text(elements(html, "h2")[0]) == "One thing needs a look"
    assert text(elements(html, "li")[0]) == "Another form is open; close it first"


def test_form_without_errors_shows_no_summary():
    assert "sw-errors" not in draw("{% form form %}{% endform %}", form=Note())


def test_form_with_a_file_is_sent_in_parts():
    (form,) = elements(draw("{% form form %}{% endform %}", form=Note()), "form")

    assert get(form, "enctype") == "multipart/form-data"
    assert get(form, "method") == "post"


def test_form_proves_it_is_ours():
    html = draw('{% form action="/x/" %}{% endform %}{% post_button "Undo" "/y/" %}')

    tokens = elements(html, "input", name="csrfmiddlewaretoken")
    assert len(tokens) == 2
    assert all(get(token, "value") for token in tokens)


def test_hidden_field_has_no_label():
    class Hidden(forms.Form):
        key = forms.CharField(widget=forms.HiddenInput)

    html = draw("{% fields form %}", form=Hidden())

    assert elements(html, "input", type="hidden")
    assert not elements(html, "label")


def test_day_is_written_as_the_browser_wants_it():
    form = Note(initial={"day": "2026-11-19"})

    (control,) = elements(draw("{% field form.day %}", form=form), "input")

    assert get(control, "type") == "date"
    assert get(control, "value") == "2026-11-19"


def test_upload_offers_the_right_files():
    (control,) = elements(draw("{% field form.file %}", form=Note()), "input")

    assert get(control, "accept") == ".csv,.xlsx,.ods"


def test_own_class_of_a_widget_is_kept():
    class Wide(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "own"}))

    (control,) = elements(draw("{% field form.name %}", form=Wide()), "input")

    assert set(get(control, "class").split()) == {"sw-input", "own"}


def test_compact_field_without_a_placeholder_is_named_by_one():
    class Look(forms.Form):
        q = forms.CharField(label="Words")
        since = forms.DateField(label="From", widget=Day())

    html = draw(
        '{% field form.q shape="compact" %}{% field form.since shape="compact" %}',
        form=Look(),
    )

    written, day = elements(html, "input")
    hidden, shown = elements(html, "label")
    assert get(written, "placeholder") == "Words"
    assert get(hidden, "class") == "sw-vh"
    assert (get(day, "placeholder"), get(shown, "class")) == (None, "sw-label")


def _described(control):
    return (get(control, "aria-describedby") or "").split()


def test_an_empty_field_is_named_in_the_summary():
    html = draw("{% errors form %}", form=Small({"seats": ["p"]}))

    assert "“Name” is still empty." in text(html)


def test_a_placeholder_that_repeats_its_label_is_left_out():
    form = Small()
    form.fields["name"].widget.attrs["placeholder"] = "Name"

    (control,) = elements(draw("{% field form.name %}", form=form), "input")

    assert get(control, "placeholder") is None


def test_steps_say_where_they_lead_when_they_are_told():
    html = draw('{% steps before="?y=1" before_text="2025–26" after="?y=3" %}')

    assert [text(link) for link in elements(html, "a")] == ["2025–26", "More"]
