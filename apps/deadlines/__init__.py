"""By when, and why: working time, calendars, and the clock of whatever carries a subject id."""
