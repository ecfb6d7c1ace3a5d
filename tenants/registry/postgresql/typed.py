"""The connection, as what it is: our backend, which Django's type does not know."""

from typing import cast

from django.db import connection as _connection

from tenants.registry.postgresql.base import DatabaseWrapper

connection = cast(DatabaseWrapper, _connection)
