"""The tree of agencies of the two-tier government, with every code they were ever known by."""
