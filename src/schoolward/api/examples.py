"""One example of each answer, shown in the schema; a test holds each against its shape."""

from collections.abc import Mapping
from typing import Any


_REF = {"id": "31", "name": "Ana Diaz"}
_IDS = [{"source": "cps", "kind": "school", "value": "609966"}]
_POST = {
    "id": "88",
    "seat": "principal",
    "title": "Principal",
    "capacity": "regular",
    "person": _REF,
    "is_vacant": False,
    "school_id": "12",
    "unit_id": None,
    "network_id": None,
    "start_date": "2024-07-01",
    "end_date": None,
    "held_before": False,
    "position_number": "120077",
    "fte": "1.00",
}
_SCHOOL = {
    "id": "12",
    "external_ids": _IDS,
    "name": "Ames Middle School",
    "short_name": "Ames",
    "level": "middle",
    "grades": "6-8",
    "category": "Neighborhood",
    "network": {"id": "4", "name": "Network 4"},
    "principals": [_REF],
    "principal_is_vacant": False,
    "ild": {"id": "40", "name": "Bo Kim"},
    "open_date": None,
    "close_date": None,
    "is_open": True,
}

EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "School": _SCHOOL,
    "SchoolPage": {
        **_SCHOOL,
        "as_of": "2026-11-19",
        "address": "1920 N Hamlin Ave, Chicago, IL 60647",
        "phone": "(773) 555-0100",
        "website": "https://ames.example.org",
        "former_names": [{"name": "Old Ames", "until": "2014-07-01"}],
        "network_is_supervised": True,
        "leaders": [
            {
                "person": _REF,
                "seat": "principal",
                "title": "Principal",
                "capacity": "regular",
                "since": "2024-07-01",
                "is_new": False,
            }
        ],
        "served_by": [
            {
                "role": "Facilities",
                "unit_id": "7",
                "person": None,
                "since": None,
                "is_vacant": True,
                "ask": {"id": "52", "name": "Di Ray"},
            }
        ],
        "profile": [
            {
                "field": "needs",
                "label": "Needs",
                "text": "A second counselor.",
                "written_by": _REF,
                "written_at": "2026-10-02T14:05:00-05:00",
            }
        ],
        "goals": [
            {
                "id": "5",
                "title": "Every grade 6 reader meets the standard",
                "who_for": "Grade 6",
                "how_known": "Winter reading assessment",
                "led_by": "Grade 6 team",
                "standing": "On the way",
                "agreed_date": "2026-09-15",
            }
        ],
        "merged_into": None,
    },
    "Network": {
        "id": "4",
        "external_ids": [],
        "name": "Network 4",
        "supervised": True,
        "focus": "Early reading",
        "school_count": 31,
        "ilds": [{"id": "40", "name": "Bo Kim"}],
    },
    "Unit": {
        "id": "7",
        "external_ids": [],
        "name": "Facilities",
        "parent_id": "2",
        "purpose": "Buildings that serve teaching",
        "leads": [{"id": "52", "name": "Di Ray"}],
        "staff_count": 210,
        "school_count": 640,
    },
    "Post": _POST,
    "Person": {
        "id": "31",
        "external_ids": [{"source": "hr", "kind": "person", "value": "E1102"}],
        "name": "Ana Diaz",
        "email": "ana.diaz@lakeside.example.org",
        "phone": "",
        "posts": [_POST],
    },
    "SchoolYear": {
        "id": "2026-27",
        "first_date": "2026-08-24",
        "last_date": "2027-06-11",
        "instructional_days": 176,
        "terms": [
            {"name": "Fall", "first_date": "2026-08-24", "last_date": "2027-01-22"}
        ],
        "exceptions": [
            {
                "day": "2026-11-26",
                "kind": "holiday",
                "name": "Thanksgiving",
                "office_is_open": False,
                "school_id": None,
            }
        ],
    },
    "Hit": {
        "id": "12",
        "kind": "school",
        "name": "Ames Middle School",
        "note": "Network 4",
        "is_former": False,
        "score": 2.4,
    },
    "Indicator": {
        "key": "student_attendance",
        "name": "Student attendance",
        "question": "What share of school days do students attend?",
        "unit": "share",
        "unit_label": "share",
        "direction": "higher",
        "formula": "days attended ÷ days enrolled",
        "caveats": "Alternative schools average far lower.",
        "decimals": 1,
        "scale": [],
        "source": {"key": "progress", "name": "Progress reports", "owner": "Data"},
        "is_active": True,
        "version": 1,
    },
    "Value": {
        "place": {"kind": "school", "id": "12"},
        "period": "2018-19",
        "group": "",
        "state": "value",
        "value": 0.941,
        "numerator": None,
        "denominator": None,
        "n": None,
        "word": "",
        "shown": "94.1%",
        "suppressed": False,
        "reason": None,
        "lower_bound": None,
        "upper_bound": None,
        "basis": "as published",
        "school_count": None,
        "source": "progress",
        "import_id": "7",
        "file_year": "2018-19",
        "restated_from": {
            "value": 0.939,
            "shown": "93.9%",
            "import_id": "6",
            "file_year": "2017-18",
        },
    },
    "Load": {
        "id": "7",
        "target": "schools",
        "format": "text, utf-8",
        "file_name": "schools.csv",
        "map": "chicago-profile",
        "source": "chicago-profile",
        "school_year": "2018-19",
        "as_of": "2018-07-01",
        "state": "loaded",
        "begun_by": "Ann Lyst",
        "begun_at": "2026-11-18T09:00:00-06:00",
        "loaded_at": "2026-11-18T09:00:04-06:00",
        "undone_at": None,
        "new": 5,
        "changed": 80,
        "ended": 2,
        "unchanged": 569,
        "refused_count": 0,
        "set_aside": 0,
        "ignored_columns": ["Rating_Statement"],
        "notes": [],
        "problem": "",
    },
    "Problem": {
        "error": {
            "code": "refused",
            "message": "This page belongs to the people who lead, supervise or serve "
            "this school.",
            "next_step": "The directory shows who they are; ask its principal or its ILD.",
        }
    },
}
