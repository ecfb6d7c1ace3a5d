"""Sessions of a tenant whose data may only be read are kept all the same: who is signed in is not its data."""

from django.contrib.sessions.backends import cached_db

from tenants.registry.context import writing


class SessionStore(cached_db.SessionStore):
    """Django's, with each save and each end inside a short moment in which the database takes writes."""

    def save(self, must_create: bool = False) -> None:
        with writing():
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        with writing():
            super().delete(session_key)
