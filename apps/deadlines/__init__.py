"""By when, and why: working time, calendars, and the clock of whatever carries a subject id.

Besides services, selectors, enums, errors and events, these pure modules are
public: arithmetic (rules, reckoning, working time), explanation (what the lines
mean), wording (the lines in sentences), seeding (where a calendar starts from).
"""
