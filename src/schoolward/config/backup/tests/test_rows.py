"""Rows read the same from either database, and their checksum sees every change."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from schoolward.audit.models import Event
from schoolward.config.backup import rows
from schoolward.config.backup.manifest import BackupError, Manifest, from_json, to_json
from schoolward.config.backup.reading import insist_on_known
from schoolward.config.backup.versions import known, last_of, models_after
from schoolward.district.models import Post


def test_line_spells_each_kind_of_value_one_way():
    moment = datetime(2026, 11, 19, 8, 0, 0, 5, UTC)
    values = [moment, date(2026, 11, 19), Decimal("0.50"), timedelta(hours=1), b"\0\1"]

    assert json.loads(rows.line_of([*values, UUID(int=1), None, True])) == [
        "2026-11-19T08:00:00.000005+00:00",
        "2026-11-19",
        "0.50",
        "P0DT01H00M00S",
        "AAE=",
        "00000000-0000-0000-0000-000000000001",
        None,
        True,
    ]


def test_line_spells_numbers_within_json_as_both_databases_return_them():
    assert rows.line_of([{"b": 1.0, "a": [2.5, 1e21]}]) == rows.line_of(
        [{"a": [2.5, 10**21], "b": 1}]
    )


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.decimals(min_value=0, max_value=99, places=2),
    st.dates(),
)
def test_values_come_back_as_their_fields_have_them(moment, fte, day):
    fields = [
        Event._meta.get_field("happened_at"),
        Post._meta.get_field("fte"),
        Post._meta.get_field("start_date"),
    ]

    assert rows.values_of(rows.line_of([moment, fte, day]), fields) == [
        moment,
        fte,
        day,
    ]


@given(st.lists(st.binary(), min_size=1))
def test_tally_is_the_same_in_any_order(held):
    one, other = rows.Tally(), rows.Tally()

    for line in held:
        one.add(line)
    for line in reversed(held):
        other.add(line)

    assert one == other


def test_tally_sees_a_row_that_is_there_twice():
    one, other = rows.Tally(), rows.Tally()

    one.add(b"a")
    other.add(b"a")
    other.add(b"a")

    assert one.checksum != other.checksum


def test_tables_leave_out_sessions_and_the_line_of_jobs():
    labels = {model._meta.label_lower for model in rows.tables(apps)}

    assert {"district.school", "audit.event", "mfa.authenticator"} <= labels
    assert not {"sessions.session", "django_q.ormq", "base.backup"} & labels


def manifest(**changed) -> Manifest:
    told = {
        "version": "0.1.0",
        "made_at": "2026-11-19T08:00:00+00:00",
        "database": "sqlite",
        "district": "Lake",
        "is_demo": False,
        "migrations": [],
    }
    return Manifest(**told | changed)


def test_manifest_reads_what_it_wrote():
    assert from_json(to_json(manifest()).encode()) == manifest()


def test_manifest_of_a_later_format_is_refused_with_the_version_to_install():
    later = to_json(manifest(format=99, version="7.0"))

    with pytest.raises(BackupError, match=r"Schoolward 7\.0"):
        from_json(later.encode())


def test_backup_that_names_a_file_outside_itself_is_refused():
    outside = manifest(files={"warehouse/../../etc/passwd": None})

    with pytest.raises(BackupError, match="outside"):
        insist_on_known(outside)


def test_models_after_every_migration_are_todays():
    assert models_after(known()) is apps


def test_last_of_an_app_is_what_none_of_its_own_follows():
    last = dict(last_of(known()))

    assert last["base"] == "0002_backup"


def test_models_after_earlier_migrations_are_those_of_then():
    then = models_after({node for node in known() if node[0] != "exchange"})

    labels = {model._meta.app_label for model in rows.tables(then)}
    assert "exchange" not in labels
    assert "district" in labels
