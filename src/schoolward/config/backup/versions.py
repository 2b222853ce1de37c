"""Which migrations a database has had, and its models as they were after them.

A backup is written before an upgrade by the new version from the old tables, and read
by a later version into tables of its own time: both go by the database's migrations,
never by today's models.
"""

from collections.abc import Iterable

from django.apps import apps
from django.apps.registry import Apps
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


Node = tuple[str, str]


def applied(*, using: str) -> set[Node]:
    """Return the migrations a database has had, as far as this version knows them."""
    had = set(MigrationRecorder(connections[using]).applied_migrations())
    return had & known()


def known() -> set[Node]:
    """Return the migrations this version knows."""
    return set(_loader().disk_migrations)


def last_of(had: Iterable[Node]) -> list[Node]:
    """Return those that none of the others in the same app follows."""
    wanted, graph = set(had), _loader().graph
    nodes = [node for node in graph.nodes if node in wanted]
    followed = {
        parent.key
        for node in nodes
        for parent in graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    return sorted(node for node in nodes if node not in followed)


def models_after(had: Iterable[Node]) -> Apps:
    """Return the models as they were after these migrations."""
    if set(had) >= known():
        return apps
    state = _loader().project_state(last_of(had))
    registry: Apps = state.apps
    return registry


def _loader() -> MigrationLoader:
    return MigrationLoader(None)
