"""One release for every tenant: compiled once, rolled out ring by ring, watched, and stopped when it goes bad."""
