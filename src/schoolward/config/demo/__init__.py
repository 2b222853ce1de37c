"""The simulated district: 42 schools, 5 ILDs, 11 units, one school year at work.

Everything in it is invented, from one seed, and is brought in by the same actions and the
same loads that people use. It stands on a Thursday in November.
"""
