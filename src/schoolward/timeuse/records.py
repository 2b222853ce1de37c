"""What this room holds, for retention and for requests about a person."""

from schoolward.audit.retention import Holding, hold


OWNER_ONLY = (
    "only the owner of a calendar sees what it says; they can open it themselves"
)

hold(
    Holding(
        model="timeuse.Calendar",
        record_class="time",
        about=("person_id",),
        withhold=dict.fromkeys(("name", "file_name", "refused"), OWNER_ONLY),
    ),
    Holding(
        model="timeuse.CalendarEvent",
        record_class="time",
        about=("calendar__person_id",),
        dated_by="ends_at",
        withhold=dict.fromkeys(
            ("uid", "series_key", "title", "place", "organizer", "attendees"),
            OWNER_ONLY,
        ),
    ),
    Holding(
        model="timeuse.OwnRule",
        record_class="time",
        about=("person_id",),
        dated_by="made_at",
        withhold={"title": OWNER_ONLY},
    ),
    Holding(
        model="timeuse.Correction",
        record_class="time",
        about=("event__calendar__person_id",),
        dated_by="corrected_at",
    ),
    Holding(model="timeuse.SortingRule", record_class="administration"),
)
