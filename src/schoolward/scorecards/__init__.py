"""The catalogue of indicators, their values as facts, and how these roll up.

Nouns: indicator (a question with one definition), value (a fact about a place, a period
and a group), restatement (a later file's other value for the same), roll-up (a network's
or the district's value, reckoned from its schools), signal (a value beyond its natural
limits). Read by `home`, `exchange`, `api`; values lie in the warehouse of `analytics`.
"""
