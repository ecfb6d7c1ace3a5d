"""The roof: the one place that knows every room."""
