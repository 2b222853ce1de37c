"""One file that holds everything: rows, warehouse and keys, from and into either database.

A backup is a ZIP archive, sealed when a passphrase is given:

    manifest.json            what is inside: versions, counts, checksums
    tables/district.school   one JSON array per row, after a line with the field names
    warehouse/…              the files that rows name
    keys/secret.key          the signing key

It is read from one snapshot of the database while people go on working.
"""
