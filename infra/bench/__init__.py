"""``make bench``: how fast the house is beside a bare Django REST view over the same rows."""
