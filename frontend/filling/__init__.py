"""Filling in a form of apps.forms on a page, in every room: read what was typed, show it again, say it in words."""
