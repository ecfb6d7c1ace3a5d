"""Public identifiers: UUIDv7 (RFC 9562), ordered by time, guessable by nobody."""

import uuid

import uuid_utils.compat


def uuid7() -> uuid.UUID:
    return uuid_utils.compat.uuid7()
