"""Sign-in of staff, on their own tenant's host only."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http import HttpRequest

from apps.accounts.lockout import count_attempt, forgive
from apps.accounts.models import User
from kernel.http.addresses import client_address
from tenants.registry.context import find_current_tenant

LONGEST_PASSWORD = 256
# Asked by every page of every signed-in person: written out, so that it is not put together each time.
_COLUMNS = [field.attname for field in User._meta.concrete_fields]
_SIGNED_IN = f"SELECT {', '.join(_COLUMNS)} FROM accounts_user WHERE id = %s AND is_active AND NOT is_program"  # noqa: S608 - column names of ours


class StaffBackend(BaseBackend):
    """Raises SignInLocked after too many failures of one name or address.

    Unknown, retired and program accounts cost a password check like any other:
    a name cannot be told by the time the refusal takes.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **rest: Any,
    ) -> User | None:
        if find_current_tenant() is None or not username or not password or len(password) > LONGEST_PASSWORD:
            return None
        username, address = username.strip().lower()[:60], client_address(request)
        count_attempt(username=username, address=address)
        user = User.objects.filter(username=username, is_active=True, is_program=False).first()
        if user is None:
            make_password(password)
            return None
        if not user.check_password(password):
            return None
        forgive(username=username, address=address)
        return user

    def get_user(self, user_id: int) -> User | None:
        """One query; a person who has left is signed out by the next request."""
        if find_current_tenant() is None:
            return None
        with connection.cursor() as cursor:
            cursor.execute(_SIGNED_IN, [user_id])
            row = cursor.fetchone()
        return User.from_db(connection.alias, _COLUMNS, row) if row else None
