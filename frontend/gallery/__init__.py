"""Every component on one page, to look at and to check."""
