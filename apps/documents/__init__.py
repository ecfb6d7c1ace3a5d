"""The official forms: numbered, issued once with their data, rendered the same for ever."""
