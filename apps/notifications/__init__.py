"""Words sent to people: a message is a row first, and leaves the house afterwards."""
