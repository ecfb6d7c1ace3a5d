"""The trail is only ever added to, and the database sees to it."""

import pytest
from django.db import DatabaseError, connection, transaction

from apps.audit.models import Entry
from apps.audit.selectors import list_entries
from apps.audit.services import record
from kernel.actors import SYSTEM
from tenants.provisioning.migrating import as_owner


@pytest.fixture
def entry(in_gia_lai, now):
    return record(by=SYSTEM, action="TEST", subject_type="test", subject_id=1, now=now, after={"a": 1})


def test_record_is_read_back_in_order(entry, now):
    second = record(by=SYSTEM, action="AGAIN", subject_type="test", subject_id=1, now=now)
    assert [line.id for line in list_entries(subject_type="test", subject_id=1)] == [entry.id, second.id]


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET note = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_database_refuses_every_change_to_the_tenant(entry, change):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Entry.objects.get().note == ""


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET note = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_database_refuses_every_change_even_to_the_owner(entry, in_gia_lai, change):
    """The tenant's role has no right to change; this shows the trigger behind it.

    Taken away (``DROP TRIGGER`` in 0002_append_only), all three changes go through.
    """
    with as_owner(in_gia_lai.schema_name):
        with (
            pytest.raises(DatabaseError, match="only ever added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
