"""What those who lead, supervise or serve a school fill in about it."""

from typing import Any

from django import forms

from schoolward.district.forms.places import day_field
from schoolward.district.models import ProfileField, WrongFactState


ASKED = {
    ProfileField.NEEDS: "What does the school need from the central office this year?",
    ProfileField.STRENGTHS: "What does it do well, that others could learn from?",
    ProfileField.GOALS: "What is it after, in its own words?",
    ProfileField.CHARACTER: "What should somebody know before they come for the first time?",
    ProfileField.REACH: "How and when is the principal best reached, and who else can answer?",
}


class Part(forms.Form):
    """One part of a profile, asked as a question."""

    field = forms.ChoiceField(
        choices=ProfileField.choices, widget=forms.HiddenInput, label="Part"
    )
    text = forms.CharField(
        label="Text",
        max_length=2000,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = ASKED.get(self["field"].value(), "Text")


class GoalFacts(forms.Form):
    title = forms.CharField(
        label="Goal",
        max_length=200,
        help_text="One sentence: who will do what by when.",
    )
    who_for = forms.CharField(label="For whom", max_length=120, required=False)
    how_known = forms.CharField(
        label="How the school will know", max_length=300, required=False
    )
    led_by = forms.CharField(label="Led by", max_length=200, required=False)
    standing = forms.CharField(label="Where it stands", max_length=200, required=False)
    agreed_date = day_field("Agreed on", required=False)


class ReportWrong(forms.Form):
    fact = forms.CharField(label="Which fact", max_length=160)
    shown = forms.CharField(
        label="What it shows", max_length=300, required=False, widget=forms.HiddenInput
    )
    source = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    said = forms.CharField(
        label="What is wrong, and what is right",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerWrong(forms.Form):
    state = forms.ChoiceField(
        label="What you found",
        choices=[
            (WrongFactState.MENDED.value, "It was wrong and is mended"),
            (WrongFactState.RIGHT.value, "It is right as it stands"),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Answer",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever reported it reads this.",
    )
