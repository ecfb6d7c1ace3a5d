"""``make test``: a browser, a PostgreSQL and a Valkey for the tests, then pytest, then nothing is left running."""
