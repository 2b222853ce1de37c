"""What this room holds, for retention and for requests about a person."""

from schoolward.audit.retention import Holding, hold


hold(
    Holding(model="exchange.Staging", record_class="technical"),
    Holding(model="exchange.StagedChange", record_class="evidence"),
    Holding(model="exchange.Refused", record_class="technical"),
    Holding(model="exchange.SourceDay", record_class="directory"),
    Holding(model="exchange.Sighting", record_class="directory", school="school_id"),
    Holding(model="exchange.Origin", record_class="directory"),
    Holding(model="exchange.KeptAnswer", record_class="directory"),
    Holding(
        model="exchange.SavedMap", record_class="administration", about=("saved_by",)
    ),
)
