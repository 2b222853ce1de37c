"""Each component keeps to its accessibility criteria, sentence by sentence."""

import pytest
from django.template import TemplateSyntaxError

from schoolward.ui.examples import COMPONENTS
from schoolward.ui.samples import broken, signaling
from schoolward.ui.tests.criteria import meets
from schoolward.ui.tests.html import component, draw, elements, get, text


@pytest.mark.parametrize("key", [c.key for c in COMPONENTS])
def test_component_draws_without_inline_style_or_script(key):
    html = component(key)

    assert not elements(html, style=True)
    assert not elements(html, "script")
    assert not elements(html, onclick=True)


def test_unknown_parameter_fails_when_the_template_compiles():
    with pytest.raises(TemplateSyntaxError, match="tnoe"):
        draw('{% pill "Late" tnoe="bad" %}')


def test_words_from_people_are_escaped_everywhere():
    html = draw(
        "{% pill bad %}{% clock bad %}{% hidden_cell bad %}{% figure bad bad note=bad %}"
        "{% section bad %}{% endsection %}{% items %}{% item bad note=bad %}{% enditem %}"
        "{% enditems %}{% crumbs bad bad bad %}{% button bad %}{% bar 1 bad %}",
        bad="<script>alert(1)</script>",
    )

    assert "<script>" not in html


@meets("button", "A button is a button element and names its act in words.")
def test_button_is_a_button_with_words():
    buttons = elements(component("button"), "button")

    assert buttons
    assert all(text(button) and get(button, "type") for button in buttons)


@meets("button", "A button that cannot be used yet says why.")
def test_unavailable_button_says_why():
    (button,) = elements(component("button"), "button", disabled=True)

    assert text(button) == "Publish: needs a rule"


@meets("button", "What needs script is hidden until script runs.")
def test_print_button_is_hidden_until_script_runs():
    (button,) = elements(component("button"), "button", data_print=True)

    assert get(button, "hidden") is not None or "hidden" in dict(button.attributes)


@meets("pill", "A pill's word carries its meaning; its shape is silent.")
def test_pill_has_words_and_a_silent_shape():
    html = component("pill")

    assert all(text(pill) for pill in elements(html, "span", class_="sw-pill"))
    assert all(get(s, "aria-hidden") == "true" for s in elements(html, "svg"))


@meets("pill", "Good, watch and bad differ by shape as well as color.")
def test_pills_of_different_tones_have_different_shapes():
    shapes = {
        str(elements(draw(f'{{% pill "x" tone="{tone}" %}}'), "svg")[0])
        for tone in ("good", "watch", "bad")
    }

    assert len(shapes) == 3


@meets("pill", "A late promise has another shape than one still running.")
def test_late_clock_has_another_shape():
    late, running = (
        str(elements(draw(f'{{% clock "x" state="{state}" %}}'), "svg")[0])
        for state in ("late", "open")
    )

    assert late != running


@meets("figure", "Zero is written as 0.")
def test_zero_is_written_in_a_figure():
    (number,) = elements(draw('{% figure "x" 0 %}'), class_="sw-figure__num")

    assert text(number) == "0"


@meets("figure", "A missing number is a dash that is spoken as No value.")
def test_missing_number_is_spoken_as_no_value():
    html = draw('{% figure "x" None %}')
    (dash,) = elements(html, "span", aria_hidden="true")
    (spoken,) = elements(html, "span", class_="sw-vh")

    assert (text(dash), text(spoken)) == ("–", "No value")


@meets("table", "A table has a name, column headers and row headers.")
def test_table_has_name_and_headers():
    html = component("table")

    tables = elements(html, "table")
    assert all(get(table, "aria-label") for table in tables)
    assert elements(html, "th", scope="col")
    assert len(elements(html, "th", scope="row")) == 8


@meets(
    "table",
    "The sorted column says its direction; other columns can be sorted by a link.",
)
def test_sorted_column_says_its_direction():
    html = component("table")

    (sorted_head,) = elements(html, "th", aria_sort=True)
    links = [get(link, "href") for link in elements(html, "a", class_="sw-sort")]
    assert get(sorted_head, "aria-sort") == "descending"
    assert links == ["?sort=school", "?sort=absence"]


@meets("table", "Every cell carries its column's label for narrow screens.")
def test_every_cell_carries_its_label():
    assert all(get(cell, "data-label") for cell in elements(component("table"), "td"))


@meets(
    "table", "Roles are written out, so that display does not take their meaning away."
)
@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("table", {"table"}),
        ("tr", {"row"}),
        ("td", {"cell"}),
        ("th", {"columnheader", "rowheader"}),
        ("tbody", {"rowgroup"}),
    ],
)
def test_table_roles_are_written_out(name, roles):
    assert {get(e, "role") for e in elements(component("table"), name)} == roles


@meets("table", "A withheld value is never blank and never zero, and says why.")
def test_withheld_value_says_why():
    withheld = elements(component("table"), class_="sw-hidden-cell")

    assert [text(cell) for cell in withheld] == ["n under 10", "Not shown"]


@meets("table", "A filter asks with GET and every field of it has a label.")
def test_filter_asks_with_get_and_labels_its_fields():
    html = component("table")

    (form,) = elements(html, "form")
    labeled = {get(label, "for") for label in elements(html, "label")}
    fields = elements(html, "input") + elements(html, "select")
    assert get(form, "method") == "get"
    assert {get(one, "id") for one in fields} == labeled


@meets("table", "The current tab and the current page are marked as current.")
def test_current_tab_and_page_are_marked():
    html = component("table")

    (tab,) = elements(html, "a", aria_current="true")
    (page,) = elements(html, "a", aria_current="page")
    assert (text(tab), text(page)) == ("All 9", "Page 2")


@meets(
    "sparkline",
    "A sparkline says in words its course, its usual range and what lies beyond.",
)
def test_sparkline_says_its_course_in_words():
    words = [get(s, "aria-label") for s in elements(component("sparkline"), "svg")]

    assert words[1] == (
        "Chronic absence: 7 values from 2018–19 to 2024–25, between 11.0% and 17.1%; "
        "the latest is 17.1% in 2024–25. Usual range 9.0% to 15.0%. "
        "Beyond it: 2023–24, 2024–25."
    )


@meets("sparkline", "A missing value breaks the line and gets a cross.")
def test_missing_value_breaks_the_line():
    svg = elements(draw("{% sparkline trend %}", trend=broken()), "svg")[0]
    lines = [e for e in svg.children if e.name == "polyline"]
    crosses = [e for e in svg.children if "m-6 0l6 6" in (get(e, "d") or "")]

    assert (len(lines), len(crosses)) == (1, 1)
    assert len(get(lines[0], "points").split()) == 4


@meets("sparkline", "A restated value is an open square.")
def test_restated_value_is_an_open_square():
    html = draw("{% sparkline trend %}", trend=broken())

    (square,) = elements(html, "rect")
    assert get(square, "class") == "f-paper l-ink2"


@meets("sparkline", "A value beyond its limits is a diamond.")
def test_value_beyond_its_limits_is_a_diamond():
    html = draw("{% sparkline trend %}", trend=signaling())

    assert len(elements(html, "path", class_="f-accent")) == 2


@meets("strip", "A strip says how many weeks were kept and names the weeks without.")
def test_strip_names_the_weeks_without():
    said = get(elements(component("strip"), "svg", role="img")[1], "aria-label")

    assert said.startswith("One-on-one contact in 5 of 13 school weeks; none in the")
    assert "week 2, week 4" in said


@meets("strip", "A bar stands beside the words that say it and is silent itself.")
def test_bar_is_silent_beside_its_words():
    html = draw('{% bar 0.65 "26 of 40 h" %}')

    assert get(elements(html, "svg")[0], "aria-hidden") == "true"
    assert text(elements(html, class_="sw-bar")[0]) == "26 of 40 h"


@meets("chart", "A chart always has the same values in a table under it.")
def test_chart_has_its_table():
    html = draw("{% chart trend %}", trend=broken())

    (table,) = elements(html, "table")
    assert len(elements(html, "th", scope="row")) == 7
    assert "Restated, was 44%." in text(table)


@meets(
    "chart",
    "Each line has its own dashes, its name in the key and its latest value at its end.",
)
def test_chart_lines_differ_by_dashes_and_are_named():
    html = draw("{% chart trend %}", trend=broken())

    key = elements(html, class_="sw-key")[0]
    dashes = {get(e, "stroke-dasharray") for e in elements(html, "polyline")}
    assert "Orchard 47% Network 5 46% District 50%" in text(key)
    assert dashes == {None, "6 3", "2 3"}
    assert {"47%", "46%", "50%"} <= {text(e) for e in elements(html, "text")}


@meets("chart", "The table says n, or that n is not given.")
def test_chart_table_says_when_n_is_not_given():
    html = draw("{% chart trend %}", trend=broken())

    counts = [text(e) for e in elements(html, "td", data_label="n")]
    assert counts == ["61", "", "", "58", "n not given", "60", "61"]


@meets("hidden", "A withheld value gives its reason in words.")
def test_withheld_value_gives_its_reason():
    cell = elements(draw("{% hidden_cell %}"), class_="sw-hidden-cell")[0]

    assert text(cell) == "Not shown: under 10 students"


@meets("timeline", "A timeline is an ordered list.")
def test_timeline_is_an_ordered_list():
    (ordered,) = elements(component("timeline"), "ol")

    assert len([e for e in ordered.children if e.name == "li"]) == 3


@meets("list", "A list is a list element whose items can be reached by keys.")
def test_list_can_be_reached_by_keys():
    (things,) = elements(component("list"), "ul", class_="sw-list")

    assert "data-list" in dict(things.attributes)


@meets("list", "Pairs are a description list.")
def test_pairs_are_a_description_list():
    html = component("list")

    terms = [text(term) for term in elements(html, "dt")]
    assert elements(html, "dl")
    assert terms == ["ILD", "Best way to reach"]


@meets("notice", "A notice of what was just done is announced politely.")
def test_spoken_notice_is_a_status():
    (spoken,) = elements(component("notice"), role="status")

    assert text(spoken).startswith("Saved.")


@meets("refusal", "A refusal gives a reason and a next step.")
def test_refusal_gives_reason_and_next_step():
    words = text(elements(component("refusal"), class_="sw-notice")[0])

    assert "belong to the principal and the ILD" in words
    assert "ask one of the two" in words


@meets("refusal", "An empty place says what will be here and offers one next step.")
def test_empty_place_offers_one_next_step():
    (place,) = elements(component("refusal"), class_="sw-empty")

    assert "it appears here" in text(place)
    assert len(elements(str(place), "a")) == 1


@meets("dialog", "A dialog is a native dialog named by its heading.")
def test_dialog_is_native_and_named():
    html = component("dialog")

    (dialog,) = elements(html, "dialog")
    (heading,) = elements(html, id=get(dialog, "aria-labelledby"))
    assert text(heading) == "Withdraw the request for a substitute?"


@meets(
    "dialog", "A dialog's question can be reached without script when it has a page."
)
def test_dialog_with_a_page_opens_by_a_link():
    (opener,) = elements(component("dialog"), data_opens=True)

    assert (opener.name, get(opener, "href")) == ("a", "#dialog")


@meets("why", "A disclosure opens without script.")
def test_disclosure_is_native():
    assert elements(component("why"), "summary")


@meets("head", "A breadcrumb is a named navigation and its last word is not a link.")
def test_breadcrumb_ends_in_a_word():
    (trail,) = elements(component("head"), "nav", aria_label="Breadcrumb")

    assert text(trail).endswith("Orchard Elementary")
    assert [text(link) for link in elements(str(trail), "a")] == [
        "Schools",
        "Network 5",
    ]


@meets("head", "A section is named by its heading.")
def test_section_is_named_by_its_heading():
    html = component("head")

    (section,) = elements(html, "section")
    (heading,) = elements(html, "h2", id=get(section, "aria-labelledby"))
    assert text(heading) == "Indicators"


@meets("icon", "An icon is silent unless it has a label.")
def test_icon_is_silent_unless_labeled():
    silent, spoken = elements(
        draw('{% icon "sun" %}{% icon "sun" label="Sunny" %}'), "svg"
    )

    assert get(silent, "aria-hidden") == "true"
    assert (get(spoken, "role"), get(spoken, "aria-label")) == ("img", "Sunny")
