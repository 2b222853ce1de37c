"""Reading drawn HTML in tests: find elements by name and attribute."""

from collections.abc import Iterator

from django.middleware.csrf import get_token
from django.template import Context, Template
from django.test import RequestFactory
from django.test.html import Element, parse_html

from schoolward.ui.examples import COMPONENTS
from schoolward.ui.views import drawn


def draw(source, **context):
    """Draw a template's source as a page would."""
    request = RequestFactory().get("/")
    frame = {"request": request, "csrf_token": get_token(request)}
    return Template(source).render(Context(frame | context))


def component(key):
    """Draw all examples of one component."""
    request = RequestFactory().get("/ui/")
    found = next(one for one in COMPONENTS if one.key == key)
    return "".join(drawn(example, request) for example in found.examples)


def elements(html: str, name: str = "", /, **wanted) -> list[Element]:
    """Return the elements of a name whose attributes say what is wanted.

    `class_="sw-pill"` asks for one of the classes; True asks that an attribute is there.
    """
    names = {key.rstrip("_").replace("_", "-"): value for key, value in wanted.items()}
    return [
        element
        for element in _walk(parse_html(f"<body>{html}</body>"))
        if (not name or element.name == name) and _matches(element, names)
    ]


def _walk(element) -> Iterator[Element]:
    if not isinstance(element, Element):
        return
    yield element
    for child in element.children:
        yield from _walk(child)


def _matches(element, wanted):
    attributes = dict(element.attributes)
    for key, value in wanted.items():
        found = attributes.get(key)
        if value is True and key in attributes:
            continue
        if key == "class" and value in (found or "").split():
            continue
        if found != value:
            return False
    return True


def get(element, name):
    """Return an attribute's value, or None."""
    return dict(element.attributes).get(name)


def text(element) -> str:
    """Return the words inside an element."""
    if isinstance(element, str):
        return element
    return " ".join(" ".join(map(text, element.children)).split())
