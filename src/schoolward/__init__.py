"""Schoolward: the central office of a school district, working for its schools."""

__version__ = "0.1.0"
