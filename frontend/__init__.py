"""The doors for people: one room an audience."""
