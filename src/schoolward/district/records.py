"""What this room holds, for retention and for requests about a person."""

from schoolward.audit.retention import Holding, hold


PLACES = (
    "district.District",
    "district.Network",
    "district.Unit",
    "district.PlaceName",
    "district.SchoolYear",
    "district.Term",
)

hold(
    *(Holding(model=label, record_class="directory") for label in PLACES),
    Holding(model="district.School", record_class="directory", school="id"),
    Holding(model="district.SchoolName", record_class="directory", school="school_id"),
    Holding(model="district.Membership", record_class="directory", school="school_id"),
    Holding(
        model="district.DayException", record_class="directory", school="school_id"
    ),
    Holding(model="district.Source", record_class="directory", about=("steward_id",)),
    Holding(
        model="district.ExternalId",
        record_class="directory",
        about=("person_id",),
        school="school_id",
    ),
    Holding(model="district.Person", record_class="directory", about=("id",)),
    Holding(
        model="district.Post",
        record_class="directory",
        about=("person_id",),
        school="school_id",
    ),
    Holding(
        model="district.Supervision",
        record_class="directory",
        about=("person_id",),
        school="school_id",
    ),
    Holding(
        model="district.Assignment",
        record_class="directory",
        about=("person_id",),
        school="school_id",
    ),
    Holding(
        model="district.Delegation",
        record_class="directory",
        about=("person_id", "delegate_id"),
    ),
    Holding(
        model="district.Merge",
        record_class="administration",
        about=("kept_id", "other_id", "decided_by_id"),
        leave_out=("moved",),
    ),
    Holding(
        model="district.ProfileEntry",
        record_class="planning",
        about=("written_by_id", "behalf_of_id"),
        dated_by="written_at",
        school="school_id",
    ),
    Holding(
        model="district.Goal",
        record_class="planning",
        about=("written_by_id",),
        dated_by="written_at",
        school="school_id",
    ),
    Holding(
        model="district.WrongFact",
        record_class="administration",
        about=("said_by_id", "owner_id", "answered_by_id"),
        dated_by="answered_at",
        school="school_id",
    ),
    Holding(model="district.SearchEntry", record_class="technical"),
    Holding(model="district.SearchWord", record_class="technical"),
    Holding(model="district.WordPlace", record_class="technical"),
    Holding(model="district.WordTrigram", record_class="technical"),
)
