"""Operations of migrations that a fleet carries out in its own way."""

from typing import Any

from django.db.migrations.operations.base import Operation, OperationCategory


class BatchedUpdate(Operation):
    """Fill what an earlier release has made room for, a batch at a time, each batch its own transaction.

    ``sql`` is one statement that handles at most ``%(size)s`` rows whose key is above
    ``%(after)s``, and returns the highest key it handled in its only row; null or no
    row is the end. It names no schema. Keys are positive integers. Safe to run twice.
    Stands alone in a migration with ``atomic = False``.
    """

    category = OperationCategory.ALTERATION
    reduces_to_sql = True
    reversible = True
    atomic = False

    def __init__(self, sql: str, *, what: str, size: int = 1000) -> None:
        self.sql, self.what, self.size = sql, what, size

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Rows change, the schema does not."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Under Django's own migrate: all batches one after the other."""
        after = 0
        with schema_editor.connection.cursor() as cursor:
            while True:
                cursor.execute(self.sql, {"after": after, "size": self.size})
                row = cursor.fetchone()
                if row is None or row[0] is None:
                    return
                after = row[0]

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """What was filled in stays: the column goes with the migration before."""

    def describe(self) -> str:
        return self.what
