"""Pure rules of time: reading calendars of any maker, repeating, and counting minutes."""
