"""What this room holds, for retention and for requests about a person."""

from schoolward.audit.retention import Holding, hold


hold(
    Holding(model="scorecards.Indicator", record_class="evidence"),
    Holding(
        model="scorecards.Definition", record_class="evidence", about=("written_by",)
    ),
    Holding(model="scorecards.FactFile", record_class="evidence"),
    Holding(model="scorecards.Shelf", record_class="technical"),
    Holding(model="scorecards.Warehouse", record_class="technical"),
)
