"""Size, purity, docstrings and words of the source files."""

import ast
import re
import statistics

import pytest

from tests.architecture.sources import ROOT, SOURCE, Source, length, sources


DOCUMENTED = {"domain", "policies", "queries", "measures", "actions"}
CLOCKS = re.compile(
    r"\b(timezone\.now|datetime\.(now|utcnow|today)|date\.today|time\.time)\("
    r"|\btimezone\.local(time|date)\(\)"
)
READS_THE_CLOCK = {"base/clock.py"}
MACHINE = re.compile(r"(/root/|/home/\w+/|/work/|/Users/|\bpypi\.org|registry\.npmjs)")
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK|raise NotImplementedError|lorem ipsum)\b", re.IGNORECASE
)


def each(find) -> list[str]:
    """Return what a look at every file found, as lines."""
    return [f"{one.name}: {what}" for one in sources() for what in find(one)]


def test_file_fits_in_one_sitting():
    assert not each(lambda one: [n for n in [one.text.count("\n")] if n > 400])


def test_function_is_at_most_fifty_lines():
    assert not each(
        lambda one: [f"{f.name} {length(f)}" for f in one.functions if length(f) > 50]
    )


def test_function_is_usually_at_most_eight_lines():
    lengths = [length(f) for one in sources() for f in one.functions]

    assert statistics.median(lengths) <= 8


def test_imports_stand_at_the_top():
    def inner(one: Source) -> list[str]:
        kinds = (ast.Import, ast.ImportFrom)
        return [
            f"{f.name} line {node.lineno}"
            for f in one.functions
            for node in ast.walk(f)
            if isinstance(node, kinds)
        ]

    assert not each(inner)


def test_module_says_what_is_in_it():
    def silent(one: Source) -> list[str]:
        is_empty = one.path.name == "__init__.py" and not one.text.strip()
        return [] if is_empty or ast.get_docstring(one.tree) else ["no docstring"]

    assert not each(silent)


def test_public_function_of_rules_reads_and_acts_says_what_it_does():
    def silent(one: Source) -> list[str]:
        parts = set(one.path.with_suffix("").relative_to(SOURCE).parts)
        if one.room != "kernel" and not parts & DOCUMENTED:
            return []
        return [
            node.name
            for node in one.tree.body
            if isinstance(node, ast.FunctionDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]

    assert not each(silent)


def test_clock_is_read_in_one_place():
    def read(one: Source) -> list[str]:
        if one.name in READS_THE_CLOCK:
            return []
        lines = enumerate(one.text.splitlines(), 1)
        return [
            f"line {n}"
            for n, line in lines
            if CLOCKS.search(line) and not line.lstrip().startswith(("#", ">>>"))
        ]

    assert not each(read)


def test_no_clock_is_read_while_a_module_loads():
    def read(one: Source) -> list[str]:
        return [
            f"line {node.lineno}"
            for top in one.tree.body
            if not isinstance(top, ast.FunctionDef | ast.ClassDef)
            for node in ast.walk(top)
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"clock.now", "clock.today", "clock.real_now"}
        ]

    assert not each(read)


def test_source_is_finished():
    assert not each(lambda one: UNFINISHED.findall(one.text))


@pytest.mark.parametrize("pattern", ["**/*.py", "**/*.html", "**/*.toml", "**/*.css"])
def test_source_names_no_machine(pattern):
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in SOURCE.glob(pattern)
        if "vendor" not in path.parts
        for hit in [MACHINE.search(path.read_text())]
        if hit
    ]

    assert not found
