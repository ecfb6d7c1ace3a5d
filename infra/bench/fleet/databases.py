"""Databases of the bench beside the fleet's own, on the same server."""

from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tenants.provisioning.services.central import EXTENSIONS


def make_database(beside: str, name: str) -> str:
    """A new one of that name on the server of ``beside``, with the house's extensions and nothing else; its address."""
    with psycopg.connect(beside, autocommit=True) as connection:
        named = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(named))
    address = urlunsplit(urlsplit(beside)._replace(path=f"/{name}"))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA extensions")
        for extension in EXTENSIONS:
            connection.execute(f"CREATE EXTENSION {extension} SCHEMA extensions")
    return address
