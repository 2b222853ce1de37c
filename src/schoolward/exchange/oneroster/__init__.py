"""OneRoster 1.1 and 1.2 CSV bundles: schools, units, staff, posts and terms.

Students, guardians, parents and relatives are dropped while the file streams by: their
rows never leave the reader, so they reach no table, job, log or temporary file. Of staff,
passwords, phone numbers, agents and demographics are never read. See
`docs/how-to/oneroster.md`.
"""
