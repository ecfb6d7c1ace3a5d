"""Checks of the house that no ready-made tool knows; ``python -m infra.lint``: templates. Doors of apps: doors.py."""
