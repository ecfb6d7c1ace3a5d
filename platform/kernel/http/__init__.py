"""What every request has, whichever door it comes through: an incident id."""
