"""The gallery: every component in all its variants, open to all, holding no data."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import Context, Template
from django.views.decorators.http import require_safe

from schoolward.ui import icons
from schoolward.ui.examples import COMPONENTS, Component, Example
from schoolward.ui.samples import samples


@dataclass(frozen=True, slots=True)
class _Shown:
    """An example, drawn."""

    name: str
    html: str
    source: str


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    page = {"rows": list(_rows(request)), "count": len(COMPONENTS)}
    return render(request, "ui/gallery.html", page)


def drawn(example: Example, request: HttpRequest) -> str:
    """Draw one example with the gallery's samples."""
    context = {
        **samples(request.GET),
        "icon_names": icons.names(),
        "request": request,
        "csrf_token": get_token(request),
    }
    return Template(example.source).render(Context(context))


def _rows(request: HttpRequest) -> Iterator[list[tuple[Component, list[_Shown]]]]:
    """Yield wide components alone and narrow ones in pairs."""
    waiting: list[tuple[Component, list[_Shown]]] = []
    for component in COMPONENTS:
        entry = (component, [_shown(e, request) for e in component.examples])
        if component.wide:
            yield [entry]
            continue
        waiting.append(entry)
        if len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _shown(example: Example, request: HttpRequest) -> _Shown:
    return _Shown(example.name, drawn(example, request), example.source)
