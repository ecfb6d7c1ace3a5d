"""The rooms that know. No HTTP, no HTML, no request."""
