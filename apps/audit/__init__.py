"""The trail: who did what, when, with what before and after. Only ever added to."""
