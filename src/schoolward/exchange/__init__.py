"""The loading dock: files that districts really have come in here, in one shape.

Read → map → check → preview → load. A reader (`sheets`, `oneroster`, `edfi`) yields
records; the check refuses what cannot be meant; the plan says what would be new, changed,
ended and unchanged; the load makes it visible at one moment and can be undone.
Its nouns: sheet, row, map, record, refusal, plan, load. Read by analysts.
"""
