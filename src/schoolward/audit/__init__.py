"""Who did and saw what: labels and ids, no foreign keys, never changed afterwards.

Nouns: event, presenter, load, retention class, legal hold. Read by records officers and
administrators; written by every room through `record`.
"""
