"""Door 1: who is who, and what they may."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from apps.accounts.enums import Duty
from apps.accounts.errors import UserUnknown
from apps.accounts.first_link import count_attempt, find_working, forgive
from apps.accounts.models import Delegation, DutyAssignment, FirstLink, User
from apps.organisations.enums import UnitKind
from kernel.actors import Actor, ActorKind, Grant
from kernel.vietnamese import fold

# One statement for every page and every call: the person, their own duties and
# those that others delegated to them. A delegation carries only the giver's own.
_ACTOR = """
SELECT u.full_name, u.unit_id, u.is_program, g.duty, g.path, g.procedure_code, g.step_key, g.giver
FROM accounts_user u
LEFT JOIN LATERAL (
    SELECT a.duty, n.path, a.procedure_code, a.step_key, NULL::bigint AS giver
    FROM accounts_dutyassignment a JOIN organisations_unit n ON n.id = a.unit_id
    WHERE a.user_id = u.id AND a.valid_from <= %(on)s AND (a.valid_to IS NULL OR a.valid_to >= %(on)s)
    UNION ALL
    SELECT a.duty, n.path, a.procedure_code, a.step_key, d.from_user_id
    FROM accounts_delegation d
    JOIN accounts_user f ON f.id = d.from_user_id AND f.is_active
    JOIN accounts_dutyassignment a ON a.user_id = d.from_user_id AND a.duty = ANY(d.duties)
    JOIN organisations_unit n ON n.id = a.unit_id
    WHERE d.to_user_id = u.id AND d.ended_at IS NULL AND d.from_date <= %(on)s AND d.to_date >= %(on)s
      AND a.valid_from <= %(on)s AND (a.valid_to IS NULL OR a.valid_to >= %(on)s)
) g ON TRUE
WHERE u.id = %(user_id)s AND u.is_active
"""


@dataclass(frozen=True, slots=True)
class UserView:
    id: int
    public_id: UUID
    username: str
    full_name: str
    email: str
    phone: str
    unit_id: int | None
    is_active: bool
    is_program: bool


@dataclass(frozen=True, slots=True)
class AssignmentView:
    id: int
    user_id: int
    duty: str
    unit_id: int
    unit_name: str
    unit_path: str
    procedure_code: str | None
    step_key: str | None
    valid_from: date
    valid_to: date | None

    @property
    def duty_label(self) -> str:
        return str(Duty(self.duty).label)

    def is_within(self, other: "AssignmentView") -> bool:
        """Whoever holds ``other`` may do all that this allows."""
        grant = Grant(other.duty, other.unit_path, other.procedure_code, other.step_key)
        return grant.covers(self.duty, self.unit_path, self.procedure_code, self.step_key)


@dataclass(frozen=True, slots=True)
class DelegationView:
    id: int
    from_user_id: int
    from_name: str
    to_user_id: int
    to_name: str
    duties: tuple[str, ...]
    from_date: date
    to_date: date
    ground: str
    is_ended: bool


def view_user(user: User) -> UserView:
    return UserView(**{name: getattr(user, name) for name in UserView.__slots__})


def in_force(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def get_actor(user_id: int, *, on: date) -> Actor:
    """With everything they may do on that day, in one query; raises UserUnknown for one who has left."""
    with connection.cursor() as cursor:
        cursor.execute(_ACTOR, {"user_id": user_id, "on": on})
        rows = cursor.fetchall()
    if not rows:
        raise UserUnknown()
    name, unit_id, is_program = rows[0][:3]
    grants = tuple(
        Grant(duty=duty, unit_path=path, procedure=procedure, step=step, on_behalf_of=giver)
        for _, _, _, duty, path, procedure, step, giver in rows
        if duty is not None
    )
    kind = ActorKind.CLIENT if is_program else ActorKind.STAFF
    return Actor(kind=kind, id=user_id, name=name, unit_id=unit_id, grants=grants)


def get_user(user_id: int) -> UserView:
    """Raises UserUnknown."""
    user = User.objects.filter(id=user_id).first()
    if user is None:
        raise UserUnknown()
    return view_user(user)


def get_user_by_public_id(public_id: UUID) -> UserView:
    """Raises UserUnknown."""
    user = User.objects.filter(public_id=public_id).first()
    if user is None:
        raise UserUnknown()
    return view_user(user)


def find_user_by_username(username: str) -> UserView | None:
    user = User.objects.filter(username=username.strip().lower()).first()
    return view_user(user) if user else None


def get_users_by_username(usernames: Iterable[str]) -> dict[str, UserView]:
    """Those of them that are known, in one query."""
    return {user.username: view_user(user) for user in User.objects.filter(username__in=list(usernames))}


def get_names(user_ids: set[int]) -> dict[int, str]:
    """Full names by key, in one query."""
    return dict(User.objects.filter(id__in=user_ids).values_list("id", "full_name"))


def list_users(
    *,
    under: str | None = None,
    unit_id: int | None = None,
    search: str = "",
    only_active: bool = True,
    programs: bool = False,
    after: str = "",
    limit: int = 50,
) -> list[tuple[UserView, str]]:
    """People with the name of their unit, in Vietnamese order; a keyset page after the sort key ``after``.

    ``under`` is a unit's path. The platform's own probe account is nobody's colleague.
    """
    users = User.objects.filter(is_program=programs).exclude(unit__kind=UnitKind.PROBE).select_related("unit")
    if only_active:
        users = users.filter(is_active=True)
    if under is not None:
        users = users.filter(unit__path__startswith=under)
    if unit_id is not None:
        users = users.filter(unit_id=unit_id)
    for word in fold(search).split():
        users = users.filter(name_search__contains=word)
    if after:
        key, _, last_id = after.rpartition("|")
        users = users.filter(Q(name_sort__gt=key) | Q(name_sort=key, id__gt=int(last_id)))
    return [
        (view_user(user), user.unit.name if user.unit else "")
        for user in users.order_by("name_sort", "id")[:limit]
    ]


def get_place(user_id: int) -> str:
    """Where a page of list_users that ends with this person goes on."""
    key, last_id = User.objects.values_list("name_sort", "id").get(id=user_id)
    return f"{key}|{last_id}"


def list_assignments(*, user_id: int, on: date | None = None) -> list[AssignmentView]:
    """A person's own duties, those in force on a day or all there ever were."""
    assignments = DutyAssignment.objects.filter(user_id=user_id).select_related("unit")
    if on is not None:
        assignments = assignments.filter(in_force(on))
    return [_view_assignment(row) for row in assignments.order_by("valid_from", "id")]


def get_duties(user_ids: set[int], *, on: date) -> dict[int, list[AssignmentView]]:
    """Of several people, in one query."""
    found: dict[int, list[AssignmentView]] = {}
    rows = DutyAssignment.objects.filter(in_force(on), user_id__in=user_ids).select_related("unit")
    for row in rows.order_by("user_id", "id"):
        found.setdefault(row.user_id, []).append(_view_assignment(row))
    return found


def _view_assignment(row: DutyAssignment) -> AssignmentView:
    return AssignmentView(
        id=row.id,
        user_id=row.user_id,
        duty=row.duty,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        unit_path=row.unit.path,
        procedure_code=row.procedure_code,
        step_key=row.step_key,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def list_delegations(*, user_id: int, on: date | None = None) -> list[DelegationView]:
    """Given and received; ``on``: only those that hold on that day."""
    rows = Delegation.objects.filter(Q(from_user_id=user_id) | Q(to_user_id=user_id))
    if on is not None:
        rows = rows.filter(from_date__lte=on, to_date__gte=on, ended_at__isnull=True)
    return [
        DelegationView(
            id=row.id,
            from_user_id=row.from_user_id,
            from_name=row.from_user.full_name,
            to_user_id=row.to_user_id,
            to_name=row.to_user.full_name,
            duties=tuple(row.duties),
            from_date=row.from_date,
            to_date=row.to_date,
            ground=row.ground,
            is_ended=row.ended_at is not None,
        )
        for row in rows.select_related("from_user", "to_user").order_by("-from_date", "-id")
    ]


def list_people_with_duty(
    *,
    duty: str,
    unit_path: str,
    on: date,
    procedure: str | None = None,
    step: str | None = None,
) -> list[UserView]:
    """Who may do it at the unit of that path on that day: their own duty or a delegated one, by name."""
    holds = (
        in_force(on)
        & Q(duty=duty, unit__path__in=_prefixes(unit_path))
        & (Q(procedure_code__isnull=True) | Q(procedure_code=procedure))
        & (Q(step_key__isnull=True) | Q(step_key=step))
    )
    holders = DutyAssignment.objects.filter(holds, user__is_active=True).values("user_id")
    stand_ins = Delegation.objects.filter(
        from_user_id__in=holders,
        duties__contains=[duty],
        from_date__lte=on,
        to_date__gte=on,
        ended_at__isnull=True,
    ).values("to_user_id")
    people = User.objects.filter(Q(id__in=holders) | Q(id__in=stand_ins), is_active=True, is_program=False)
    return [view_user(user) for user in people.order_by("name_sort", "id")]


def _prefixes(path: str) -> list[str]:
    """``/1/24/`` → ``/1/``, ``/1/24/``: the unit and all above it, for an index instead of a scan."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[: length + 1]) + "/" for length in range(len(parts))]


def list_unfilled_duties(*, unit_path: str, duties: tuple[str, ...], on: date) -> list[str]:
    """Those of ``duties`` that nobody holds over the unit: what an administrator must fill."""
    held = set(
        DutyAssignment.objects.filter(
            in_force(on), duty__in=duties, unit__path__in=_prefixes(unit_path), user__is_active=True
        ).values_list("duty", flat=True)
    )
    return [duty for duty in duties if duty not in held]


def get_user_of_first_link(*, token: str, address: str, now: datetime) -> UserView:
    """Whom a link lets in; it stays good.

    Raises FirstLinkLocked, FirstLinkUnknown, FirstLinkUsed, FirstLinkVoided, FirstLinkExpired.
    """
    count_attempt(address=address)
    link = find_working(FirstLink.objects.select_related("user"), token=token, now=now)
    forgive(address=address)
    return view_user(link.user)


@dataclass(frozen=True, slots=True)
class AdministratorView:
    """Somebody who administers a whole branch from its root, and whether they can come in."""

    id: int
    username: str
    full_name: str
    has_signed_in: bool
    has_working_link: bool
    has_password: bool


def list_administrators(*, on: date, now: datetime) -> list[AdministratorView]:
    """Who administers the tenant from a root of its tree, by name."""
    holders = DutyAssignment.objects.filter(
        in_force(on), duty=Duty.UNIT_ADMIN, unit__parent__isnull=True, user__is_active=True
    ).values("user_id")
    working = set(
        FirstLink.objects.filter(
            used_at__isnull=True, voided_at__isnull=True, expires_at__gt=now
        ).values_list("user_id", flat=True)
    )
    people = User.objects.filter(id__in=holders, is_program=False).order_by("name_sort", "id")
    return [
        AdministratorView(
            id=user.id,
            username=user.username,
            full_name=user.full_name,
            has_signed_in=user.last_login is not None,
            has_working_link=user.id in working,
            has_password=user.has_usable_password(),
        )
        for user in people
    ]


def list_filled_places(*, on: date) -> set[tuple[str, str, str | None, str | None]]:
    """Duty, unit's path, procedure and step of every duty that somebody holds on that day, in one query."""
    rows = DutyAssignment.objects.filter(in_force(on), user__is_active=True, user__is_program=False)
    return set(rows.values_list("duty", "unit__path", "procedure_code", "step_key").distinct())


def is_filled(
    filled: set[tuple[str, str, str | None, str | None]], *, duty: str, path: str, procedure: str, step: str
) -> bool:
    """Among list_filled_places: is it held over the unit or above it, for everything or for just this?"""
    parts = path.strip("/").split("/")
    above = ["/" + "/".join(parts[: length + 1]) + "/" for length in range(len(parts))]
    return any(
        (duty, one, code, key) in filled
        for one in above
        for code in (None, procedure)
        for key in ((None, step) if step else (None,))
    )
