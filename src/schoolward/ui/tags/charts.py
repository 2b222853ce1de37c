"""Drawings of values over time: sparkline, chart with its table, steadiness strip."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from schoolward.ui import drawing
from schoolward.ui.charts import Trend, as_table, in_words
from schoolward.ui.drawing import Frame, Scale
from schoolward.ui.markup import each, fill
from schoolward.ui.tags.library import register


SPARK = Frame(width=156, height=36, left=5, right=5, top=5, bottom=5)
CHART = Frame(width=520, height=180, left=48, right=52, top=14, bottom=34)
INKS = (("l-c2", "6 3"), ("l-c4", "2 3"), ("l-edge", "8 2 2 2"))
KEYS = {
    "signal": "Signal, beyond a limit",
    "restated": "Restated value",
    "restated_signal": "Restated value, beyond a limit",
    "missing": "Missing: the line breaks",
    "withheld": "Withheld, a small group",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A drawn line: its corners, ink and dashes."""

    points: str
    ink: str
    dashes: str


@dataclass(frozen=True, slots=True)
class _Label:
    """Words on the paper."""

    x: float
    y: float
    text: str
    style: str = ""


@register.simple_tag
def sparkline(trend: Trend) -> SafeString:
    """Draw a small line with its natural limits, said in words for who does not see it."""
    scale = drawing.scale_of(trend, SPARK)
    page = {
        "frame": SPARK,
        "words": in_words(trend),
        "band": drawing.band(trend.limits, scale),
        "lines": drawing.lines([point.shown for point in trend.points], scale),
        "marks": drawing.marks(trend, scale),
    }
    return render_to_string("ui/sparkline.html", page)


@register.simple_tag
def chart(trend: Trend, *, table_opened: bool = False) -> SafeString:
    """Draw values over time beside wider places, always with their table under them."""
    scale = drawing.scale_of(trend, CHART, steps=4)
    page = {
        "frame": scale.frame,
        "field": scale.frame.end - scale.frame.left,
        "gutter": scale.frame.left - 8,
        "words": in_words(trend),
        "grid": _grid(trend, scale),
        "band": drawing.band(trend.limits, scale),
        "lines": drawing.lines([point.shown for point in trend.points], scale),
        "companions": _companions(trend, scale),
        "marks": drawing.marks(trend, scale, size=2.2),
        "periods": _periods(trend, scale),
        "ends": _ends(trend, scale),
        "keys": _line_keys(trend) + _keys([trend]),
        "table": as_table(trend),
        "opened": table_opened,
    }
    return render_to_string("ui/chart.html", page)


def _grid(trend: Trend, scale: Scale) -> list[_Label]:
    marks = drawing.ticks(scale.low, scale.high, steps=4)
    inside = [mark for mark in marks if scale.low <= mark <= scale.high]
    return [_Label(0, scale.y(mark), _tick(trend, mark)) for mark in inside]


def _tick(trend: Trend, mark: float) -> str:
    finer = {"share": 100}.get(trend.unit, 1) * mark
    decimals = 0 if abs(finer - round(finer)) < 1e-6 else 1
    return Trend(label="", points=(), unit=trend.unit, decimals=decimals).written(mark)


def _companions(trend: Trend, scale: Scale) -> list[_Line]:
    return [
        _Line(points, *INKS[place % len(INKS)])
        for place, companion in enumerate(trend.companions)
        for points in drawing.lines(companion.values, scale, stub=5)
    ]


def _periods(trend: Trend, scale: Scale) -> list[_Label]:
    places = drawing.some_places(len(trend.points), most=7)
    under = scale.frame.height - 8
    labels = [(scale.x(place), trend.points[place].period) for place in places]
    styles = ["" if place % 2 == 0 else "sw-desk" for place in range(len(labels))]
    last_first = zip(reversed(labels), styles, strict=True)
    return [_Label(x, under, period, style) for (x, period), style in last_first]


def _ends(trend: Trend, scale: Scale) -> list[_Label]:
    """Return the latest value of each line, beside its end."""
    latest = [(line.latest, line.style) for line in _named(trend)]
    heights = drawing.apart([scale.y(value) + 4 for value, _ in latest], gap=16)
    return [
        _Label(scale.frame.end + 10, y, trend.written(value), style)
        for y, (value, style) in zip(heights, latest, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Named:
    """A line with its name, its latest value and how it is drawn."""

    name: str
    latest: float
    style: str
    ink: str
    dashes: str


def _named(trend: Trend) -> list[_Named]:
    own = (trend.name, [point.shown for point in trend.points], "t-ink", "l-ink2", "")
    others = [
        (companion.name, list(companion.values), "", *INKS[place % len(INKS)])
        for place, companion in enumerate(trend.companions)
    ]
    return [
        _Named(name, [value for value in values if value is not None][-1], *look)
        for name, values, *look in (own, *others)
        if any(value is not None for value in values)
    ]


def _line_keys(trend: Trend) -> SafeString:
    """Return a key of the lines, where there is more than one."""
    html = (
        '<li><svg class="sw-svg" width="26" height="12" aria-hidden="true">'
        '<line class="{}" x2="26" y1="6" y2="6" stroke-width="1.75" '
        'stroke-dasharray="{}"/></svg>{} {}</li>'
    )
    lines = _named(trend) if trend.companions else []
    rows = ((x.ink, x.dashes, x.name, trend.written(x.latest)) for x in lines)
    return each(html, rows)


def _keys(trends: Sequence[Trend]) -> SafeString:
    used = {kind for trend in trends for kind in drawing.kinds(trend)}
    found = [(_sample(kind), text) for kind, text in KEYS.items() if kind in used]
    if any(trend.limits for trend in trends):
        found.insert(0, (_LIMITS_SAMPLE, "Natural limits and mean"))
    return each("<li>{}{}</li>", found)


_LIMITS_SAMPLE = mark_safe(
    '<svg class="sw-svg" width="26" height="12" aria-hidden="true">'
    '<rect class="f-band" width="26" height="12"/>'
    '<line class="l-edge" x2="26" y1="6" y2="6" stroke-dasharray="2 3"/></svg>'
)


def _sample(kind: str) -> SafeString:
    html = '<svg class="sw-svg" width="12" height="12" aria-hidden="true">{}</svg>'
    return fill(html, drawing.sample(kind))


@register.simple_tag
def chart_key(trends: Sequence[Trend]) -> SafeString:
    """Explain, once for a table of sparklines, the marks that they use."""
    return fill('<ul class="sw-key">{}</ul>', _keys(trends))


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a steadiness strip."""

    label: str
    contact: Literal["full", "short", "none", "closed"]


BARS = {
    "full": '<rect class="f-accent" x="{}" y="1" width="5.5" height="15" rx="1"/>',
    "short": (
        '<rect class="f-none l-accent" x="{}" y="8.6" width="4.3" height="6.8" rx="1" '
        'stroke-width="1.2"/>'
    ),
    "none": '<rect class="f-c6" x="{}" y="14" width="5.5" height="2"/>',
    "closed": '<path class="l-edge" d="M{} 16l5 -5" stroke-width="1"/>',
}


@register.simple_tag
def strip(weeks: Sequence[Week], *, what: str) -> SafeString:
    """Draw how steady something was: a tall bar, a short open one, or a dash a week."""
    bars = each(
        "{}",
        ((fill(BARS[w.contact], i * 7.5),) for i, w in enumerate(weeks)),
    )
    html = (
        '<span class="sw-strip"><svg class="sw-svg" width="{0}" height="17" '
        'viewBox="0 0 {0} 17" role="img" aria-label="{1}">{2}</svg>'
        '<span class="sw-small sw-2nd" aria-hidden="true">{3}</span></span>'
    )
    return fill(html, len(weeks) * 7.5, _said(weeks, what), bars, _ratio(weeks))


def _ratio(weeks: Sequence[Week]) -> str:
    kept = sum(week.contact in {"full", "short"} for week in weeks)
    return f"{kept}/{sum(week.contact != 'closed' for week in weeks)}"


def _said(weeks: Sequence[Week], what: str) -> str:
    kept, all_weeks = _ratio(weeks).split("/")
    gaps = [week.label for week in weeks if week.contact == "none"]
    tail = f"; none in the weeks of {', '.join(gaps)}" if gaps else ""
    return f"{what} in {kept} of {all_weeks} school weeks{tail}"
