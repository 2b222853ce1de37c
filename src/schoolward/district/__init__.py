"""The district itself: schools and their living profiles, units, networks, people, posts.

Nouns: district, school, network, membership, unit, person, post, supervision (who is whose
ILD), assignment (who serves a school for a unit), delegation, profile, goal, school year,
term, day, source, wrong fact. Everything that changes has dates, so that any day can be
read as it stood. Read by every room above.
"""
