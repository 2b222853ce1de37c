"""Every template compiles: a wrong component parameter fails here, not before a person."""

from pathlib import Path

import pytest
from django.template.loader import get_template


ROOMS = Path(__file__).resolve().parent.parent / "src" / "schoolward"
TEMPLATES = sorted(
    str(path.relative_to(folder))
    for folder in ROOMS.glob("*/templates")
    for path in folder.rglob("*.html")
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_has_no_inline_style_script_or_handler(name):
    source = get_template(name).template.source

    assert " style=" not in source
    assert "<style" not in source
    assert " onclick=" not in source
    assert "hx-on" not in source
