"""What this room holds, for retention and for requests about a person."""

from schoolward.audit.retention import LEGAL_ADVICE, Holding, hold


hold(
    Holding(
        model="audit.Event",
        record_class="administration",
        about=("actor_id", "behalf_id", "person_id"),
        dated_by="happened_at",
        school="school_id",
        by_verb=True,
    ),
    Holding(model="audit.Load", record_class="evidence", about=("begun_by",)),
    Holding(
        model="audit.LegalHold",
        record_class="audit",
        about=("person_id", "placed_by"),
        withhold={"reason": LEGAL_ADVICE},
    ),
    Holding(model="audit.RetentionPeriod", record_class="audit"),
    Holding(model="audit.Disposal", record_class="audit", about=("approved_by",)),
    Holding(
        model="base.Job",
        record_class="technical",
        about=("asked_by",),
        dated_by="asked_at",
    ),
    Holding(model="base.DemoMark", record_class="technical"),
)
