"""Statements beside Django's connection, as the owner: databases come and go, and what no trigger lets the tests do."""

import time
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

_LEAVES_WITHIN = 60  # tries, each half a second after the one before


def url_of(settings: dict[str, str], *, name: str | None = None) -> str:
    """``settings``: Django's of a database."""
    who = f"{settings['USER']}:{quote(settings['PASSWORD'])}"
    return f"postgresql://{who}@{settings['HOST']}:{settings['PORT']}/{name or settings['NAME']}"


def run_in(database: str, statement: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(statement)


def create_database(database: str) -> None:
    """Empty; one of that name is dropped before."""
    drop_database(database)
    run_in(_beside(database), f'CREATE DATABASE "{_name(database)}"')


def drop_database(database: str) -> None:
    """The server's own cleaner may be in it at this moment, and only the superuser may end that one: it leaves soon."""
    for _try in range(_LEAVES_WITHIN):
        try:
            run_in(_beside(database), f'DROP DATABASE IF EXISTS "{_name(database)}" WITH (FORCE)')
            return
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.5)
    raise TimeoutError(f"somebody stays in {_name(database)}")


def _name(database: str) -> str:
    return urlsplit(database).path.lstrip("/")


def _beside(database: str) -> str:
    return urlunsplit(urlsplit(database)._replace(path="/postgres"))
