"""From what the browser sent to plain values; a value that cannot be read is kept as typed."""
