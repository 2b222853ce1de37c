"""Arithmetic and shapes of a school district in plain Python: no Django, no clock."""
