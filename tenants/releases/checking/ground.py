"""What old code knows of the tables: everything but what was born in this very release."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models
from django.db.migrations.state import ModelState, ProjectState


@dataclass
class Ground:
    """``before`` is the state at the release before; the sets grow while the operations are walked through."""

    before: ProjectState
    tables: set[tuple[str, str]] = field(default_factory=set)  # app, model in small letters
    columns: dict[tuple[str, str, str], Any] = field(default_factory=dict)  # … and field → as it was born

    def is_new_table(self, app: str, model: str) -> bool:
        return (app, model.lower()) in self.tables

    def is_new_column(self, app: str, model: str, name: str) -> bool:
        return (app, model.lower(), name) in self.columns

    def new_columns(self, app: str, model: str) -> dict[str, Any]:
        return {
            name: made
            for (of_app, of, name), made in self.columns.items()
            if (of_app, of) == (app, model.lower())
        }

    def find_by_table(self, table: str, state: ProjectState) -> tuple[str, str] | None:
        """App and model of a table's name, or None when no model has it."""
        plain = table.strip('"').rpartition(".")[2].strip('"')
        for key, model in state.models.items():
            if table_of(model) == plain:
                return key
        return None


def table_of(model: ModelState) -> str:
    return str(model.options.get("db_table") or f"{model.app_label}_{model.name_lower}")


def is_small(app: str, model: str) -> bool:
    """Whether the reviewed list says that the table is small in every schema; all others are held to be large."""
    return f"{app}.{model}".lower() in {label.lower() for label in settings.SMALL_TABLES}


def left_by_old_code(made: "models.Field[Any, Any]") -> tuple[bool, Any]:
    """(known, value) of a column that old code does not name: its default in the database, or null."""
    default = made.db_default
    if default is not models.NOT_PROVIDED:
        value = getattr(default, "value", default)
        return not hasattr(value, "resolve_expression"), value
    if made.null:
        return True, None
    return False, None
