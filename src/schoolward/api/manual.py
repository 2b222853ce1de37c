"""The list of operations in `docs/api.md`, written from the schema so that it stays true."""

import re
from collections.abc import Iterator, Mapping
from typing import Any


MARK = "<!-- Below this line: written from the schema by `schoolward apidoc docs/api.md`. -->"
Schema = Mapping[str, Any]


def rendered(schema: Schema) -> str:
    """Return every operation with its parameters and the fields of its answer."""
    parts = [
        part
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        for part in _operation(path, method, operation, schema)
    ]
    return "\n".join([*parts, "## Shapes inside answers\n", *_shapes(schema)])


def _shapes(schema: Schema) -> Iterator[str]:
    """Yield the shapes that answers refer to, each once, by name."""
    for name in sorted(_inner(schema)):
        yield f"### {name}\n"
        found = schema["components"]["schemas"][name]
        yield f"{_on_one_line(found.get('description', ''))}\n"
        yield from _fields(found["properties"])


def _inner(schema: Schema) -> set[str]:
    shapes = schema["components"]["schemas"]
    return {
        word
        for shape in shapes.values()
        for name, field in shape.get("properties", {}).items()
        if name != "items"
        for word in re.findall(r"[A-Za-z]+", _kind(field))
        if word in shapes
    }


def renewed(text: str, schema: Schema) -> str:
    """Return the page with the part below the mark written anew."""
    above = text.split(MARK, maxsplit=1)[0].rstrip()
    return f"{above}\n\n{MARK}\n\n{rendered(schema)}"


def _operation(
    path: str, method: str, operation: Mapping[str, Any], schema: Schema
) -> Iterator[str]:
    yield f"### {operation['summary']}\n"
    yield f"`{method.upper()} {path}` · operation `{operation['operationId']}`\n"
    yield f"{_on_one_line(operation['description'])}\n"
    parameters = operation.get("parameters", ())
    if parameters:
        yield "| parameter | | what it says |\n|---|---|---|"
        yield from map(_parameter, parameters)
        yield ""
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    yield from _answer(_named(answer, schema), schema)


def _parameter(parameter: Mapping[str, Any]) -> str:
    schema = parameter["schema"]
    words = _on_one_line(parameter.get("description", "The id of the row."))
    choices = [f"`{one}`" for one in schema.get("enum", ()) if one != ""]
    said = f"{words} One of {', '.join(choices)}." if choices else words
    needed = "needed" if parameter.get("required") else _default(schema)
    return f"| `{parameter['name']}` | {needed} | {said} |"


def _default(schema: Mapping[str, Any]) -> str:
    default = schema.get("default")
    return "" if default in {None, ""} else f"`{str(default).lower()}`"


def _answer(answer: Schema, schema: Schema) -> Iterator[str]:
    fields = answer["properties"]
    items = fields.get("items")
    if items:
        yield "Each item:\n"
        fields = _named(items["items"], schema)["properties"]
    else:
        yield "The answer:\n"
    yield from _fields(fields)


def _fields(fields: Mapping[str, Any]) -> Iterator[str]:
    yield "| field | kind | |\n|---|---|---|"
    for name, field in fields.items():
        words = _on_one_line(field.get("description", ""))
        yield f"| `{name}` | {_kind(field)} | {words} |"
    yield ""


def _kind(field: Mapping[str, Any]) -> str:
    """Return what a field holds, such as "date or null" or "list of Ref"."""
    if reference := field.get("$ref"):
        return str(reference).rpartition("/")[2]
    if choices := field.get("anyOf"):
        return " or ".join(dict.fromkeys(_kind(one) for one in choices))
    if field.get("type") == "array":
        return f"list of {_kind(field['items'])}"
    return str(field.get("format") or field.get("type") or "anything")


def _named(answer: Mapping[str, Any], schema: Schema) -> Schema:
    name = str(answer["$ref"]).rpartition("/")[2]
    found: Schema = schema["components"]["schemas"][name]
    return found


def _on_one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
