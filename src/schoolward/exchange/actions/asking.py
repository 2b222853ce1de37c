"""What a person asks for in the browser: it is done by a job, one at a time per load."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from schoolward.audit.models import Load
from schoolward.base import jobs
from schoolward.base.http import insist
from schoolward.base.models import Job
from schoolward.exchange import policies
from schoolward.exchange.actions import traces
from schoolward.exchange.choices import choices_of
from schoolward.exchange.models import Staging
from schoolward.exchange.queries import key_of
from schoolward.kernel.actor import Actor


def arrange(load: Load, *, by: Actor, at: datetime, **chosen: Any) -> Load:
    """Change how a load is to be read: its map, its day, the answers to its questions.

    Args:
        load: The load; nothing was loaded yet.
        by: Who chose.
        at: When.
        chosen: Fields of `Choices`, such as map_name and map_text.
    """
    insist(policies.can_load(by))
    with transaction.atomic():
        staging = Staging.objects.select_for_update().get(load_id=load.pk)
        choices = replace(choices_of(staging.choices), **chosen)
        staging.choices, staging.question = choices.as_json(), {}
        staging.save(update_fields=["choices", "question"])
        load.map_name = choices.map_name[:120]
        load.as_of_date = choices.as_of or load.as_of_date
        load.save(update_fields=["map_name", "as_of_date"])
        traces.told("exchange.load.arranged", load, by=by, at=at)
    return load


def ask_to_prepare(load: Load, *, by: Actor) -> Job:
    """Have a load read and planned."""
    insist(policies.can_load(by))
    return jobs.later("exchange.prepare", by=by, key=key_of(load.pk), load_id=load.pk)


def ask_to_load(load: Load, *, by: Actor, allow_change: bool) -> Job:
    """Have a prepared load made so."""
    insist(policies.can_load(by))
    return jobs.later(
        "exchange.load",
        by=by,
        key=key_of(load.pk),
        load_id=load.pk,
        allow_change=allow_change,
    )


def ask_to_undo(load: Load, *, by: Actor) -> Job:
    """Have a load undone."""
    insist(policies.can_load(by))
    return jobs.later("exchange.undo", by=by, key=key_of(load.pk), load_id=load.pk)


def ask_to_stop(load: Load, *, by: Actor) -> None:
    """Have the job of a load stop at its next safe place."""
    insist(policies.can_load(by))
    for job in Job.objects.filter(
        key=key_of(load.pk), state__in=["waiting", "running"]
    ):
        jobs.ask_to_stop(job)
