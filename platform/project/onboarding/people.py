"""Who works there, with which duties, and who administers it first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts import selectors as account_questions
from apps.accounts import services as accounts
from apps.accounts.enums import Duty
from apps.accounts.selectors import UserView
from apps.accounts.services import NewPerson
from apps.organisations.selectors import list_units
from kernel.actors import Actor
from kernel.vietnamese import clean
from project.onboarding.units import Units
from tenants.provisioning.onboarding.reading import Entry, Reading
from tenants.provisioning.onboarding.steps import Plan, name_kept

_COLUMNS = ("username", "full_name", "email", "phone", "unit", "duties")
_NEEDED = ("username", "full_name", "unit", "duties")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_BETWEEN = re.compile(r"[\s|;,]+")


@dataclass(frozen=True, slots=True)
class Person:
    """``duties``: pairs of duty and the code of the unit over which it is held."""

    username: str
    full_name: str
    unit: str
    duties: tuple[tuple[str, str], ...]
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class People:
    wanted: list[Person]
    administrators: list[str]  # user names: they get the first links
    since: date


def read(reading: Reading) -> People:
    units: Units = reading.parts["units"]
    staff = reading.root.entries("staff") + reading.root.rows("staff_csv", columns=_COLUMNS, required=_NEEDED)
    first = reading.root.entries("administrators")
    known: dict[str, UserView] = {}
    people = [(_person(entry, units, first=False), entry) for entry in staff]
    people += [(_person(entry, units, first=True), entry) for entry in first]
    if reading.tenant:
        known = account_questions.get_users_by_username(person.username for person, _entry in people)
    elif not first:
        reading.refuse(("administrators",), _("thiếu quản trị viên đầu tiên: [[administrators]]"))
    seen: set[str] = set()
    for person, entry in people:
        if person.username in seen:
            entry.refuse(
                "username", _("tên đăng nhập {name} có hai lần trong tệp").format(name=person.username)
            )
        seen.add(person.username)
        account = known.get(person.username)
        if account is not None and not account.is_active:
            entry.refuse("username", _("{name} đã thôi làm việc").format(name=person.username))
    return People(
        [person for person, _entry in people],
        [person.username for person, entry in people if entry in first],
        reading.parts["frame"].since,
    )


def _person(entry: Entry, units: Units, *, first: bool) -> Person:
    """A first administrator who says nothing else works at the root and administers all of it."""
    root = units.root or "" if first else ""
    unit = entry.text("unit", longest=35).upper() or root
    person = Person(
        username=entry.text("username", required=True, longest=60).lower(),
        full_name=clean(entry.text("full_name", required=True, longest=120)),
        unit=unit,
        duties=tuple(_duties(entry, unit, units)) or (((Duty.UNIT_ADMIN, root),) if first else ()),
        email=entry.text("email", longest=254),
        phone=entry.text("phone", longest=20),
    )
    entry.done()
    if person.username and not _USERNAME.fullmatch(person.username):
        entry.refuse(
            "username", _("tên đăng nhập gồm 3 đến 60 chữ thường không dấu, số, chấm, gạch nối, gạch dưới")
        )
    if not unit and (units.whole or not first):
        entry.refuse("unit", _("thiếu “unit”: mã đơn vị công tác"))
    elif units.lacks(unit):
        entry.refuse("unit", _("không có đơn vị {code}").format(code=unit))
    if person.email and not _is_email(person.email):
        entry.refuse("email", _("thư điện tử không đúng dạng"))
    return person


def _duties(entry: Entry, own: str, units: Units) -> Iterator[tuple[str, str]]:
    """``RECEPTION`` over the person's own unit, ``SIGNATORY@H36.101`` over another one."""
    given = entry.raw("duties")
    words = _BETWEEN.split(given.strip()) if isinstance(given, str) else entry.texts("duties")
    for word in dict.fromkeys(filter(None, words)):
        duty, _at, unit = word.partition("@")
        if duty not in Duty.values:
            entry.refuse("duties", _("không có nhiệm vụ “{duty}”").format(duty=duty))
        elif unit and units.lacks(unit.upper()):
            entry.refuse("duties", _("nhiệm vụ {duty}: không có đơn vị {unit}").format(duty=duty, unit=unit))
        else:
            yield duty, unit.upper() or own


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def plan(part: People, born: bool) -> Plan:
    known = account_questions.get_users_by_username(one.username for one in part.wanted) if born else {}
    units = {unit.code: unit.id for unit in list_units()} if born else {}
    fresh = [person for person in part.wanted if person.username not in known]
    changed = [
        (known[person.username], person)
        for person in part.wanted
        if person.username in known and _facts(known[person.username], person, units)
    ]
    duties = list(_missing_duties(part.wanted, known, units)) if known else []
    lines = [
        _("Thêm {name} ({username}): {duties}").format(
            name=person.full_name, username=person.username, duties=_words(person.duties)
        )
        for person in fresh
    ]
    lines += [
        _("Sửa {username}: {facts}").format(
            username=person.username, facts=", ".join(_facts(before, person, units))
        )
        for before, person in changed
    ]
    lines += [
        _("Giao cho {username}: {duties}").format(username=user.username, duties=_words(((duty, unit),)))
        for user, duty, unit in duties
    ]

    def carry_out(by: Actor, now: datetime) -> None:
        accounts.import_staff(
            people=[_as_new(person, units) for person in fresh], valid_from=part.since, by=by, now=now
        )
        for before, person in changed:
            accounts.edit_user(
                user_id=before.id, full_name=person.full_name, unit_id=units[person.unit], email=person.email,
                phone=person.phone, by=by, now=now,
            )  # fmt: skip
        for user, duty, unit in duties:
            accounts.assign_duty(
                user_id=user.id, duty=duty, unit_id=units[unit], valid_from=part.since, by=by, now=now
            )

    return Plan(lines, carry_out, _kept(part) if born else [])


def _kept(part: People) -> list[str]:
    """Administrators only: the province itself adds and moves its staff, which no file of the centre follows."""
    now = timezone.now()
    standing = account_questions.list_administrators(on=timezone.localdate(now), now=now)
    return name_kept(
        _("quản trị viên"), {one.username for one in standing} - {one.username for one in part.wanted}
    )


def _as_new(person: Person, units: dict[str, int]) -> NewPerson:
    return NewPerson(
        username=person.username,
        full_name=person.full_name,
        unit_id=units[person.unit],
        duties=tuple((duty, units[unit]) for duty, unit in person.duties),
        email=person.email,
        phone=person.phone,
    )


def _words(duties: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{Duty(duty).label} ({unit})" for duty, unit in duties) or _("chưa có nhiệm vụ")


def _facts(before: UserView, person: Person, units: dict[str, int]) -> list[str]:
    pairs = (
        (_("họ tên"), before.full_name, person.full_name),
        (_("đơn vị"), before.unit_id, units.get(person.unit)),
        (_("thư điện tử"), before.email, person.email),
        (_("điện thoại"), before.phone, person.phone),
    )
    return [str(word) for word, old, new in pairs if old != new]


def _missing_duties(
    wanted: list[Person], known: dict[str, UserView], units: dict[str, int]
) -> Iterator[tuple[UserView, str, str]]:
    """What was given in another way since stays: nothing is taken from anybody here."""
    held = account_questions.get_duties({user.id for user in known.values()}, on=timezone.localdate())
    for person in wanted:
        user = known.get(person.username)
        if user is None:
            continue
        have = {(one.duty, one.unit_id) for one in held.get(user.id, ()) if one.procedure_code is None}
        for duty, unit in person.duties:
            if (duty, units.get(unit)) not in have:
                yield user, duty, unit
