"""One service call a view."""
