"""Where the hours of principal supervisors really go, read from their own calendars.

Nouns: calendar (a person's own, brought in as a file), calendar event (one instance of a
meeting at its own time), minutes (the union of what takes time, never counted twice), category (what an event was
for), sorting rule and own rule (how it came there), correction (the owner's word).
Only its owner sees what a calendar says. Read by `exchange` (the command line) and later
by the rooms of partnerships and indicators, in minutes alone.
"""
