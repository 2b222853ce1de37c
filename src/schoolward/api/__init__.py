"""What other software may ask: the routers of the rooms under one roof, at `/api/v1/`.

Holds no rules: who may see what is decided by the same policies as for pages. Its nouns:
token, problem, cursor. Read by programs, and by `docs/api.md` for the people who write
them.
"""
