"""The documentation says what the code does, and names only what exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from schoolward.base import jobs
from schoolward.config.cli import COMMANDS
from schoolward.config.env import SETTINGS
from tools.write_docs import DOCS, PAGES


ROOT = DOCS.parent
WRITTEN = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
COMMAND = re.compile(r"(?:^\s*|[`|;]\s*|bin/)schoolward ([a-z][a-z-]*)\b", re.MULTILINE)
VARIABLE = re.compile(r"\b(SCHOOLWARD_[A-Z_]+)\b")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
SET_BY_THE_PRODUCT = {"SCHOOLWARD_POOL", "SCHOOLWARD_SAMPLE_DATA"}


def each_page(parameters=WRITTEN):
    return pytest.mark.parametrize(
        "page", parameters, ids=lambda page: page.relative_to(ROOT).as_posix()
    )


@pytest.mark.parametrize("name", PAGES)
def test_page_written_from_the_code_is_in_step(name):
    page = DOCS / name

    assert page.read_text() == PAGES[name](), "Run make docs."


def test_every_setting_command_and_job_is_documented():
    text = "\n".join(page.read_text() for page in WRITTEN)

    assert not [one.name for one in SETTINGS if f"`{one.name}`" not in text]
    assert not [name for name in COMMANDS if f"schoolward {name}" not in text]
    assert not [name for name in jobs.names() if name not in text]


def test_every_listed_command_exists():
    assert not set(COMMANDS) - set(get_commands())


def code_of(page: Path) -> str:
    """Return what a page shows as code."""
    text = page.read_text()
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


@each_page()
def test_page_names_commands_that_exist(page):
    named = set(COMMAND.findall(code_of(page)))

    assert named <= set(get_commands())


@each_page()
def test_page_names_settings_that_exist(page):
    known = {one.name for one in SETTINGS} | SET_BY_THE_PRODUCT
    named = {name for name in VARIABLE.findall(page.read_text()) if name[-1] != "_"}

    assert named <= known


@each_page()
def test_page_links_to_pages_that_exist(page):
    targets = LINK.findall(page.read_text())

    assert not [name for name in targets if not (page.parent / name).exists()]


def test_installation_files_set_settings_that_exist():
    known = {one.name for one in SETTINGS} | {"DATABASE_URL"}
    text = (ROOT / "deploy" / "environment.example").read_text()

    assert set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE)) <= known
