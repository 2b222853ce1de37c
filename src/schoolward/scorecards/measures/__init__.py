"""Reckoning over the warehouse: current values, roll-ups, what is shown, and reading it."""
