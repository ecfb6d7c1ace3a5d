"""Schemas of nobody, in which a release is rehearsed."""

STANDING = "release_standing"  # without rows, where the pilots stand
COPY = "release_rehearsal"  # for one rehearsal, with a pilot's rows
