"""Every component in all its variants: read by the gallery, render tests and axe.

Each component states its accessibility criteria as sentences; `tests/` holds a test
for each sentence and refuses a sentence that has none.
"""

from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """One variant: what it shows, and the template that draws it."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Component:
    """One component with its criteria and its variants."""

    key: str
    title: str
    _: KW_ONLY
    criteria: tuple[str, ...]
    examples: tuple[Example, ...]
    wide: bool = False


COMPONENTS: tuple[Component, ...] = (
    Component(
        "button",
        "Button",
        criteria=(
            "A button is a button element and names its act in words.",
            "A button that cannot be used yet says why.",
            "What needs script is hidden until script runs.",
        ),
        examples=(
            Example(
                "Primary (one a page), plain, quiet, danger, small",
                '{% actions %}{% button "Write a note" kind="primary" icon="plus" %}'
                '{% button "Hand off" %}{% button "Leave it" kind="quiet" %}'
                '{% button "Withdraw …" kind="danger" %}{% button "Small" small=True %}'
                "{% endactions %}",
            ),
            Example(
                "A link that looks like one, one that acts at once, one not available",
                '{% actions %}{% link_button "Table as CSV" "#button" icon="download" %}'
                '{% post_button "Undo the load" "#button" icon="undo-2" %}'
                '{% unavailable_button "Publish" because="needs a rule" %}'
                "{% print_button %}{% endactions %}",
            ),
        ),
    ),
    Component(
        "pill",
        "Pill and promise clock",
        criteria=(
            "A pill's word carries its meaning; its shape is silent.",
            "Good, watch and bad differ by shape as well as color.",
            "A late promise has another shape than one still running.",
        ),
        examples=(
            Example(
                "Word, shape and color; never color alone",
                '<p class="sw-inline">{% pill "Usual variation" %}'
                '{% pill "Better than usual" tone="good" %}'
                '{% pill "Over half" tone="watch" %}'
                '{% pill "Worse than usual" tone="bad" %}'
                '{% pill "No, but …" tone="accent" icon="split" %}'
                '{% pill "No target set" tone="line" %}'
                '{% pill "Not shown" tone="line" icon="eye-off" %}</p>',
            ),
            Example(
                "Promise clock",
                '<p class="sw-inline">{% clock "5 work days" %}'
                '{% clock "1 day left" state="near" %}'
                '{% clock "2 days late" state="late" %}'
                '{% clock "Ended Nov 18" state="ended" %}</p>',
            ),
        ),
    ),
    Component(
        "figure",
        "Figure",
        wide=True,
        criteria=(
            "Zero is written as 0.",
            "A missing number is a dash that is spoken as No value.",
        ),
        examples=(
            Example(
                "Number, n, target or usual range; zero is not missing",
                "{% sparkline steady as drawn %}"
                '{% pill "Outreach is 14 h short" tone="watch" as short %}'
                '{% figures %}{% figure "With a target" "63%" small="of 1,920 min" '
                'note="Pledge 75%; usual 51–74%" %}'
                '{% figure "With a drawing" 54 small="n 128" note=drawn %}'
                '{% figure "With a signal" "86%" small="117 of 136 hours" note=short %}'
                '{% figure "Zero is a value" 0 small="breaches" note="5 of 5 days read" %}'
                '{% figure "Missing is not zero" None note="Not collected in 2024" %}'
                "{% endfigures %}",
            ),
        ),
    ),
    Component(
        "table",
        "Table, filter bar, tabs, pages",
        wide=True,
        criteria=(
            "A table has a name, column headers and row headers.",
            "The sorted column says its direction; other columns can be sorted by a link.",
            "Every cell carries its column's label for narrow screens.",
            "Roles are written out, so that display does not take their meaning away.",
            "A withheld value is never blank and never zero, and says why.",
            "A filter asks with GET and every field of it has a label.",
            "The current tab and the current page are marked as current.",
        ),
        examples=(
            Example(
                "A region: its links replace only this, and the count is spoken",
                '{% region id="demo-list" label="Schools" count="5 schools" %}'
                '{% filter_bar label="Filter schools" result="9 of 42 schools" clear="?" %}'
                '{% field which.q shape="compact" %}{% field which.level shape="compact" %}'
                "{% endfilter_bar %}"
                '{% tabs label="Gap" %}{% tab "All" "?" count=9 current=True %}'
                '{% tab "Past 14 days" "?gap=14" count=2 %}{% endtabs %}'
                '{% data_table table %}{% pager page noun="schools" %}{% endregion %}',
            ),
            Example(
                "Groups, second lines, drawings, a sum",
                "{% chart_key trends %}{% data_table scorecard %}",
            ),
            Example(
                "A list that knows only its neighbors",
                '{% steps text="Events of November 19" before="?" after="?at=2" %}',
            ),
        ),
    ),
    Component(
        "sparkline",
        "Sparkline with natural limits",
        criteria=(
            "A sparkline says in words its course, its usual range and what lies beyond.",
            "A missing value breaks the line and gets a cross.",
            "A restated value is an open square.",
            "A value beyond its limits is a diamond.",
        ),
        examples=(
            Example(
                "Band: limits; dotted: mean; dot: latest",
                '<ul class="sw-stack sw-plain"><li class="sw-inline">{% sparkline steady %}'
                '<span class="sw-small sw-2nd">Usual variation</span></li>'
                '<li class="sw-inline">{% sparkline signaling %}'
                '<span class="sw-small sw-2nd">Signal: diamonds beyond a limit</span></li>'
                '<li class="sw-inline">{% sparkline broken %}'
                '<span class="sw-small sw-2nd">Missing, withheld, restated</span></li></ul>',
            ),
        ),
    ),
    Component(
        "strip",
        "Steadiness strip and bar",
        criteria=(
            "A strip says how many weeks were kept and names the weeks without.",
            "A bar stands beside the words that say it and is silent itself.",
        ),
        examples=(
            Example(
                "Fourteen school weeks",
                '<ul class="sw-stack sw-plain"><li>{% strip kept_weeks what="One-on-one contact" %}</li>'
                '<li>{% strip gap_weeks what="One-on-one contact" %}</li></ul>',
            ),
            Example(
                "A share beside its words",
                '<ul class="sw-stack sw-plain"><li>{% bar 0.65 "26 of 40 h" ink="bad" %}</li>'
                '<li>{% bar 0.97 "58 of 60 h" %}</li><li>{% bar 0 "0 of 12 h" %}</li></ul>',
            ),
        ),
    ),
    Component(
        "chart",
        "Chart, with its table",
        wide=True,
        criteria=(
            "A chart always has the same values in a table under it.",
            "Each line has its own dashes, its name in the key and its latest value at its end.",
            "The table says n, or that n is not given.",
        ),
        examples=(
            Example(
                "A school beside its network and the district", "{% chart broken %}"
            ),
            Example("Natural limits and a signal", "{% chart signaling %}"),
        ),
    ),
    Component(
        "hidden",
        "Withheld value, missing value",
        criteria=("A withheld value gives its reason in words.",),
        examples=(
            Example(
                "Hatched, with its reason; never blank, never a zero",
                '<p class="sw-inline">{% hidden_cell %}'
                '{% hidden_cell "Not shown: 3 answers, 5 needed" %}'
                '{% hidden_cell "Withheld with the value beside it" %} {% no_value %}</p>',
            ),
        ),
    ),
    Component(
        "timeline",
        "Timeline",
        criteria=("A timeline is an ordered list.",),
        examples=(
            Example(
                "Done and next",
                '{% timeline %}{% moment "Asked" when="Nov 9" %}{% endmoment %}'
                '{% moment "Answered: No, but …" when="Nov 16, one day early" %}'
                "<p>The rule stands; a visit is offered instead.</p>{% endmoment %}"
                '{% moment "Promised" when="By Nov 30" ahead=True %}{% endmoment %}{% endtimeline %}',
            ),
        ),
    ),
    Component(
        "list",
        "List of things, pairs",
        criteria=(
            "A list is a list element whose items can be reached by keys.",
            "Pairs are a description list.",
        ),
        examples=(
            Example(
                "Things, with what stands at the end and what can be done",
                '{% clock "2 days late" state="late" as late %}{% items label="Handed off" %}'
                '{% item "Two posts charged to the wrong grant" url="#list" '
                'note="With Ingrid Solheim, Budget &amp; Finance, since Nov 9" end=late %}{% enditem %}'
                '{% item "Science materials walk-through" note="3 principals, 40 min each" end="120 min" %}'
                '{% button "No, because …" small=True %}{% button "Yes" small=True %}{% enditem %}{% enditems %}',
            ),
            Example(
                "Words and what they mean here",
                '{% pairs %}{% pair "ILD" %}Marisol Quintero{% endpair %}'
                '{% pair "Best way to reach" %}By the ILD, or before 7:40 AM{% endpair %}{% endpairs %}',
            ),
        ),
    ),
    Component(
        "form",
        "Form, fields and what needs a look",
        wide=True,
        criteria=(
            "Every control has a label that is tied to it.",
            "Hint and message are read with the control they belong to.",
            "The summary can take focus and each of its lines leads to its field.",
            "A control in error is marked as such and its message says what to do.",
            "Choices of one question stand in a fieldset with the question as legend.",
            "What may be left empty says so.",
        ),
        examples=(
            Example(
                "All kinds of field",
                '{% form note action="#form" submit="Save the note" cancel="#form" %}'
                "{% fields note %}{% endform %}",
            ),
            Example(
                "Sent back: the summary takes focus on load",
                '{% form wrong action="#form" %}{% field wrong.step %}{% field wrong.day %}'
                "{% field wrong.rule %}{% endform %}",
            ),
        ),
    ),
    Component(
        "notice",
        "Notice",
        criteria=("A notice of what was just done is announced politely.",),
        examples=(
            Example(
                "Accent, good, watch, bad, plain",
                '<div class="sw-stack">{% notice %}<p><b>For your goal</b>, your ILD suggests a hiring partner.</p>{% endnotice %}'
                '{% notice tone="good" spoken=True %}<p><b>Saved.</b> Priya Raman sees the next step.</p>{% endnotice %}'
                '{% notice tone="watch" %}<p><b>Overlap before launch.</b> Two initiatives ask the same teachers.</p>{% endnotice %}'
                '{% notice tone="bad" %}<p><b>120 protected minutes are called away.</b> No approver is named.</p>{% endnotice %}'
                '{% notice tone="plain" icon="lock" %}<p><b>Visible to you and Priya Raman.</b> May be subject to public-records law.</p>{% endnotice %}</div>',
            ),
        ),
    ),
    Component(
        "refusal",
        "Refusal, empty place",
        criteria=(
            "A refusal gives a reason and a next step.",
            "An empty place says what will be here and offers one next step.",
        ),
        examples=(
            Example("“No, but …”: a reason and a next step", "{% refusal refused %}"),
            Example(
                "Nothing yet",
                '{% empty "No breaches of protected time this month" %}'
                "<p>When a meeting lands on a protected day, it appears here with the person who called it.</p>"
                '{% link_button "See the protected days" "#refusal" %}{% endempty %}',
            ),
        ),
    ),
    Component(
        "dialog",
        "Dialog",
        criteria=(
            "A dialog is a native dialog named by its heading.",
            "A dialog's question can be reached without script when it has a page.",
        ),
        examples=(
            Example(
                "Only where an act cannot be undone; focus returns to its button",
                '{% dialog "Withdraw the request for a substitute?" opener="Withdraw this request …" page="#dialog" %}'
                '<p class="sw-2nd">Yusuf Haddad stops work on it. The answer and its rule stay in the record.</p>'
                '{% actions %}{% post_button "Withdraw the request" "#dialog" kind="danger" %}'
                '<button class="sw-button" type="button" data-closes>Keep it</button>{% endactions %}{% enddialog %}',
            ),
        ),
    ),
    Component(
        "why",
        "Disclosure",
        criteria=("A disclosure opens without script.",),
        examples=(
            Example(
                "Why is this here?",
                '{% why "Why this fell under “With principals”" opened=True %}'
                "<p>Kit Novak is one of your nine principals, and the place is a school. Rule 2 of 9.</p>{% endwhy %}",
            ),
        ),
    ),
    Component(
        "head",
        "Page head, section, panel",
        wide=True,
        criteria=(
            "A breadcrumb is a named navigation and its last word is not a link.",
            "A section is named by its heading.",
        ),
        examples=(
            Example(
                "Breadcrumb, facts, section with its question, panel",
                '{% crumbs "Schools" "#head" "Network 5" "#head" "Orchard Elementary" %}'
                '{% facts %}{% fact "412" after="students" %}{% fact "Priya Raman" before="Principal" %}{% endfacts %}'
                '{% section "Indicators" id="demo-section" meta="Next review Dec 8" question="Is this school moving, and did we do our part?" %}'
                '{% panel "Students" meta="Two of nine" %}<p>Chronic absence is above its limit.</p>{% endpanel %}{% endsection %}',
            ),
        ),
    ),
    Component(
        "icon",
        "Icons",
        wide=True,
        criteria=("An icon is silent unless it has a label.",),
        examples=(
            Example(
                "Lucide, 16 px, always beside a word",
                '<ul class="sw-icons">{% for name in icon_names %}<li>{% icon name %}{{ name }}</li>{% endfor %}</ul>',
            ),
        ),
    ),
)
