"""Lists of work: keyset pages, capped counts, one statement each."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Func, Q
from django.utils import timezone

from apps.deadlines.selectors import get_calendar
from apps.dossiers.codes import get_rules
from apps.dossiers.enums import InboxSort, InboxView, Status
from apps.dossiers.errors import CursorInvalid
from apps.dossiers.lifecycle import WITH_APPLICANT
from apps.dossiers.models import Dossier
from apps.dossiers.selectors.visibility import visible
from apps.workflow import selectors as workflow
from kernel.actors import Actor
from kernel.vietnamese import fold

COUNT_CAP = 1000
_LONGEST_REST = 30  # days looked ahead; a tenant without a calendar rests for ever
_RUNNING = (Status.SUBMITTED, Status.ACCEPTED, Status.PROCESSING, Status.WITHDRAWAL_REQUESTED)
_COLUMNS = (
    "id",
    "public_id",
    "code",
    "procedure_code",
    "procedure_name",
    "owner_name",
    "channel",
    "status",
    "submitted_at",
    "due_at",
    "competent_unit_id",
)


@dataclass(frozen=True, slots=True)
class InboxRow:
    id: int
    public_id: UUID
    code: str
    procedure_code: str
    procedure_name: str
    owner_name: str
    channel: str
    status: int
    submitted_at: datetime
    due_at: datetime | None
    competent_unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    procedure_code: str = ""
    status: int | None = None
    unit_id: int | None = None
    channel: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """``after`` is the cursor of the next page, or None at the end."""

    rows: tuple[InboxRow, ...]
    after: str | None


def list_inbox(
    *,
    view: InboxView,
    by: Actor,
    now: datetime,
    filters: Filters | None = None,
    sort: InboxSort = InboxSort.DUE,
    after: str | None = None,
    limit: int = 20,
) -> Page:
    """One page of a view. One statement."""
    wanted = filters or Filters()
    condition = _of_view(view, by, now, wanted.procedure_code)
    column, ascending = (
        ("due_at", True) if sort == InboxSort.DUE else ("submitted_at", sort == InboxSort.OLDEST)
    )
    return _page([condition, *_conditions(wanted)], column, ascending, after, limit)


def search_dossiers(*, text: str, by: Actor, after: str | None = None, limit: int = 20) -> Page:
    """By code, name, identity number or phone, without marks, in every status; the newest first."""
    if len(fold(text)) < 2:
        return Page((), None)
    return _page([visible(by), *_conditions(Filters(text=text))], "submitted_at", False, after, limit)


def count_views(*, by: Actor, now: datetime) -> dict[InboxView, int]:
    """How many there are in each view, up to COUNT_CAP + 1, in one statement."""
    parts: list[str] = []
    params: list[Any] = []
    for view in InboxView:
        try:
            rows = Dossier.objects.filter(_of_view(view, by, now)).values("id")[: COUNT_CAP + 1]
            sql, its = rows.query.sql_with_params()
        except EmptyResultSet:  # Django's word for a condition that nothing can meet
            sql, its = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django wrote it, values are params
        params += its
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        return dict(zip(InboxView, cursor.fetchone(), strict=True))


class _IsAmong(Func):
    """``id = ANY (ARRAY(…))``: the open steps are read first, by their index, and the dossiers by key.

    As ``id IN (…)`` PostgreSQL reads every open dossier of the tenant instead,
    because it takes the filters for more selective than they are.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def _of_view(view: InboxView, by: Actor, now: datetime, procedure_code: str = "") -> Q:
    """``procedure_code`` only spares reading the steps of other procedures; the filter itself is _conditions'."""
    match view:
        case InboxView.MINE:
            return _with_open_step(held_by=by.id, procedure_code=procedure_code)
        case InboxView.UNIT if not by.grants:
            return Q(pk__in=())
        case InboxView.UNIT:
            return _with_open_step(for_grants=by.grants, procedure_code=procedure_code)
        case InboxView.INTAKE:
            return visible(by, "receiving_unit") & Q(status=Status.SUBMITTED)
        case InboxView.NEAR_DUE:
            return _with_unit(by) & Q(status__in=_RUNNING, due_at__gte=now, due_at__lte=_soon(now))
        case InboxView.OVERDUE:
            return _with_unit(by) & Q(status__in=_RUNNING, due_at__lt=now)
        case InboxView.APPLICANT:
            return _with_unit(by) & Q(status__in=sorted(WITH_APPLICANT))
        case InboxView.TO_RETURN:
            return visible(by, "receiving_unit") & Q(status=Status.FINISHED)


def _soon(now: datetime) -> datetime:
    """The hours of the rules from now on. Days off are left out: on a Friday evening, Monday is near."""
    until, day = now + timedelta(hours=get_rules().near_due_hours), timezone.localdate(now)
    calendar = get_calendar(unit_id=None)
    for _day in range(_LONGEST_REST):
        if day >= timezone.localdate(until):
            break
        day += timedelta(days=1)
        if not calendar.is_working(day):
            until += timedelta(days=1)
    return until


def _with_open_step(**question: Any) -> Q:
    steps = ArraySubquery(workflow.open_subject_ids(**question))
    return Q(_IsAmong("id", steps), status__in=(Status.ACCEPTED, Status.PROCESSING))


def _with_unit(by: Actor) -> Q:
    return visible(by, "receiving_unit", "competent_unit")


def _conditions(filters: Filters) -> list[Q]:
    """All of them go into one filter(): each call would copy the query."""
    columns = {
        "procedure_code": filters.procedure_code,
        "status": filters.status,
        "competent_unit_id": filters.unit_id,
        "channel": filters.channel,
    }
    words = fold(filters.text).split()[:6]
    return [
        Q(**{name: value for name, value in columns.items() if value not in ("", None)}),
        *(Q(search_text__contains=_sought(word)) for word in words),
    ]


def _sought(word: str) -> str:
    """One or two letters are in every name, and too short for the trigram index: they begin a word (Lê, Vy)."""
    return word if len(word) > 2 else f" {word}"


def _page(conditions: list[Q], column: str, ascending: bool, after: str | None, limit: int) -> Page:
    """Keyset over (column, id): the cost of a page does not grow with its number."""
    sign = "" if ascending else "-"
    if after is not None:
        moment, key = _read_cursor(after)
        side = "gt" if ascending else "lt"
        # The redundant first condition lets the index find the place; the second breaks ties.
        conditions.append(Q(**{f"{column}__{side}e": moment}))
        conditions.append(Q(**{f"{column}__{side}": moment}) | Q(**{column: moment, f"id__{side}": key}))
    found = list(
        Dossier.objects.filter(*conditions, **{f"{column}__isnull": False})
        .order_by(f"{sign}{column}", f"{sign}id")
        .values_list(*_COLUMNS)[: limit + 1]
    )
    rows = tuple(InboxRow(*values) for values in found[:limit])
    return Page(rows, _write_cursor(getattr(rows[-1], column), rows[-1].id) if len(found) > limit else None)


def _write_cursor(moment: datetime, key: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([moment.isoformat(), key]).encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, int]:
    try:
        moment, key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        read: Any = datetime.fromisoformat(moment), int(key)
    except (ValueError, TypeError, binascii.Error) as error:
        raise CursorInvalid(field="after") from error
    if read[0].tzinfo is None:
        raise CursorInvalid(field="after")
    return read
