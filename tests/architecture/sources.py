"""The product's source files, parsed."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path


ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "schoolward"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file of the product."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Return the path within the product."""
        return self.path.relative_to(SOURCE).as_posix()

    @property
    def room(self) -> str:
        """Return the room it belongs to."""
        return self.name.partition("/")[0]

    @property
    def is_entrance(self) -> bool:
        """Return whether people or programs come in here."""
        parts = set(self.path.with_suffix("").parts)
        return bool(parts & {"views", "api", "exports"})

    @property
    def functions(self) -> list[Function]:
        """Return every function and method."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]


@cache
def sources() -> tuple[Source, ...]:
    """Return every file of the product but tests and migrations."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            text = path.read_text()
            found.append(Source(path, text, ast.parse(text)))
    return tuple(found)


def length(function: Function) -> int:
    """Return how many lines a function takes, its docstring left out."""
    told = ast.get_docstring(function, clean=False)
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    return whole - (told.count("\n") + 1 if told else 0)
