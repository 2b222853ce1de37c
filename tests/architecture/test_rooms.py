"""Foreign keys point down, entrances read guarded rows, jobs are registered."""

import ast

from django.apps import apps
from django.db import models

from schoolward.base import jobs
from schoolward.base.guarded import GuardedQuerySet
from tests.architecture.sources import Source, sources


FLOORS = (
    "kernel",
    "base",
    "ui analytics",
    "audit",
    "district",
    "access",
    "timeuse",
    "scorecards",
    "home exchange",
    "api",
    "config",
)
FLOOR_OF = {room: n for n, floor in enumerate(FLOORS) for room in floor.split()}
SCOPES = {"visible_to", "with_page_for"}
READS_FREELY = {"create", "none", "model"}


def ours() -> list[type[models.Model]]:
    """Return the product's own tables."""
    return [m for m in apps.get_models() if m.__module__.startswith("schoolward.")]


def test_every_room_stands_on_a_floor():
    rooms = {one.room for one in sources() if "/" in one.name}

    assert rooms == set(FLOOR_OF)


def test_foreign_keys_point_down_or_stay_within_their_room():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in ours()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model.__module__.startswith("schoolward.")
        and not _is_down(model, field.related_model)
    ]

    assert not upward


def _is_down(model: type[models.Model], other: type[models.Model]) -> bool:
    here, there = model._meta.app_label, other._meta.app_label
    return here == there or FLOOR_OF[there] < FLOOR_OF[here]


def guarded() -> set[str]:
    """Return the names of tables whose rows belong to somebody."""
    return {
        model.__name__
        for model in ours()
        if isinstance(model._default_manager.all(), GuardedQuerySet)
    }


def test_tables_of_the_district_are_guarded():
    assert {
        "School",
        "Person",
        "Post",
        "Network",
        "Unit",
        "Indicator",
        "Calendar",
    } <= guarded()


def test_entrances_read_guarded_rows_only_as_the_actor_may():
    found = [
        f"{one.name} line {line}: {what}"
        for one in sources()
        if one.is_entrance
        for line, what in _unguarded(one)
    ]

    assert not found


def _unguarded(one: Source) -> list[tuple[int, str]]:
    """Return where `Model.objects` is read without being scoped to an actor."""
    called = {
        id(node.func.value): node.func.attr
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    return [
        (node.lineno, ast.unparse(node))
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
        and node.value.id in guarded()
        and called.get(id(node)) not in SCOPES | READS_FREELY
    ]


def test_entrances_never_open_all_rows():
    found = [
        f"{one.name} line {node.lineno}"
        for one in sources()
        if one.is_entrance
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Attribute) and node.attr == "unscoped"
    ]

    assert not found


def test_every_job_that_is_asked_for_is_registered():
    asked = {
        node.args[0].value
        for one in sources()
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"jobs.later", "later"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert asked
    assert asked <= set(jobs.names())


def test_jobs_bear_the_name_of_their_room():
    rooms = {name.partition(".")[0] for name in jobs.names()}

    assert rooms <= set(FLOOR_OF)


def test_nightly_jobs_need_no_arguments():
    for name in jobs.nightly():
        code = jobs._REGISTRY[name].work.__code__
        given = len(jobs._REGISTRY[name].work.__defaults__ or ())
        keyword_only = len(jobs._REGISTRY[name].work.__kwdefaults__ or {})
        assert code.co_argcount - given == 1, name
        assert code.co_kwonlyargcount == keyword_only, name


def test_names_of_files_say_their_subject():
    vague = {"utils.py", "helpers.py", "util.py", "helper.py", "misc.py", "common.py"}

    assert not [one.name for one in sources() if one.path.name in vague]
