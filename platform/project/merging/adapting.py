"""Rows that cannot go over as they are: paths, keys inside JSON, names and numbers that meet others."""

import json
from datetime import date, timedelta
from typing import Any

from apps.accounts.services import folded_names
from apps.deadlines.enums import DayScope
from apps.procedures.enums import AdoptedState
from kernel.errors import DomainError
from project.merging.errors import RootUnclear
from tenants.provisioning.merging.errors import ReferenceUnknown
from tenants.provisioning.merging.plan import Row
from tenants.provisioning.merging.world import World

UNIT, USER, DOSSIER = "organisations_unit", "accounts_user", "dossiers_dossier"
VERSION, CLOCK = "procedures_adoptedversion", "deadlines_clock"
DAYS, HOURS = "deadlines_calendarday", "deadlines_workinghours"
_LONGEST_USERNAME = 60

# Keys of the trail and of news under which the key of a row stands, wherever they are.
_KEYS_IN_JSON = {
    "unit_id": UNIT,
    "parent_id": UNIT,
    "successor_id": UNIT,
    "user_id": USER,
    "to_user_id": USER,
    "hand_over_to": USER,
    "holder": USER,
    "on_behalf_of": USER,
    "by_id": USER,
    "dossier_id": DOSSIER,
    "subject_id": DOSSIER,
    "version_id": VERSION,
}
_SUBJECTS = {"dossier": DOSSIER, "unit": UNIT, "user": USER, "procedure": VERSION}


def prepare(world: World) -> list[DomainError]:
    """The root of each tree: the one that goes comes to stand below the one that stays."""
    found = {}
    obstacles: list[DomainError] = []
    for place, code in (("<from>", world.pair.from_code), ("<into>", world.pair.into_code)):
        found[place] = world.ask(
            f"SELECT id, path FROM {place}.organisations_unit"
            " WHERE parent_id IS NULL AND valid_to IS NULL AND kind <> 'PROBE'"
        )
        if len(found[place]) != 1:
            obstacles.append(RootUnclear(value=code, count=len(found[place])))
    if not obstacles:
        world.facts["old_root"] = found["<from>"][0][0]
        world.facts["into_root"], world.facts["into_path"] = found["<into>"][0]
    return obstacles


def unit(row: Row, world: World) -> None:
    """The tree hangs below the other root; its own root ended the day before the merge and has a successor."""
    row["path"] = _path(row["path"], world)
    row["parent_id"] = _key(UNIT, row["parent_id"], world) or str(world.facts["into_root"])
    row["successor_id"] = _key(UNIT, row["successor_id"], world)
    if row["id"] == str(_root(world)):
        last_day = max(date.fromisoformat(row["valid_from"]), world.pair.day - timedelta(days=1))
        row["valid_to"], row["successor_id"] = last_day.isoformat(), str(world.facts["into_root"])


def user(row: Row, world: World) -> None:
    """Whoever has a name that somebody has at the other tenant gets the old code behind it, and is reported."""
    wanted, number = row["username"], 1
    while _taken(row["username"], wanted, world):
        tail = f".{world.pair.from_code.lower()}{'' if number == 1 else number}"
        wanted, number = row["username"][: _LONGEST_USERNAME - len(tail)] + tail, number + 1
    if wanted != row["username"]:
        world.rename(USER, row, "username", wanted)
        row["name_search"] = folded_names(wanted, row["full_name"])
    world.memo.setdefault("usernames", set()).add(wanted)


def _taken(own: str, wanted: str, world: World) -> bool:
    """By somebody who is there, who came in this batch, or, where it would be a new name, who is still to come."""
    return bool(
        wanted in world.memo.get("usernames", ())
        or world.ask_one("SELECT EXISTS (SELECT 1 FROM <into>.accounts_user WHERE username = %s)", wanted)
        or (
            wanted != own
            and world.ask_one(
                "SELECT EXISTS (SELECT 1 FROM <from>.accounts_user WHERE username = %s)", wanted
            )
        )
    )


def hours(row: Row, world: World) -> None:
    """What held for the whole tenant goes on holding for its old tree: due dates stay what they were."""
    row["unit_id"] = _key(UNIT, row["unit_id"], world) or str(_root(world))


def calendar_day(row: Row, world: World) -> None:
    row["unit_id"] = _key(UNIT, row["unit_id"], world) or str(_root(world))
    row["scope"] = DayScope.UNIT.value


def adopted_version(row: Row, world: World) -> None:
    """Comes along for the dossiers born under it; which version is in force is the other tenant's to say.

    Where that one knows the procedure, the newcomer was in force there on no day.
    Otherwise it ends on the day of the merge.
    """
    code = row["procedure_code"]
    own, number = (
        world.memo.get(code)
        or world.ask(
            f"""SELECT EXISTS (SELECT 1 FROM <into>.{VERSION} i WHERE i.procedure_code = %s AND NOT EXISTS (
                             SELECT 1 FROM <work>.idmap m
                              WHERE m.tbl = %s AND m.new_id = i.id AND m.outcome = 'MOVED')),
                   (SELECT coalesce(max(number), 0) FROM <into>.{VERSION} WHERE procedure_code = %s)""",
            code,
            VERSION,
            code,
        )[0]
    )
    world.memo[code] = (own, number + 1)
    row["number"] = str(number + 1)
    row["overrides"] = _json(row["overrides"], world)
    if own:
        row["in_force_to"] = row["in_force_from"]
    elif row["in_force_to"] is None or row["in_force_to"] > world.pair.day.isoformat():
        row["in_force_to"] = max(row["in_force_from"], world.pair.day.isoformat())
    row["state"] = AdoptedState.RETIRED.value


def series(row: Row, world: World) -> None:
    """0, the tenant itself, becomes its old root: numbers that were given stay given."""
    old = row["unit_id"]
    row["unit_id"] = str(_root(world)) if old == "0" else _key(UNIT, old, world)


def run(row: Row, world: World) -> None:
    """``units``: role or code → key."""
    row["units"] = json.dumps(
        {role: _new(UNIT, old, world) for role, old in json.loads(row["units"]).items()}
    )


def step(row: Row, world: World) -> None:
    row["unit_path"] = _path(row["unit_path"], world)


def clock(row: Row, world: World) -> None:
    row["unit_chain"] = json.dumps([_new(UNIT, old, world) for old in json.loads(row["unit_chain"])])


def draft(row: Row, world: World) -> None:
    """What a clerk has typed: the counter stands in it as text."""
    content = json.loads(row["content"])
    if str(content.get("receiving_unit", "")).isdigit():
        content["receiving_unit"] = str(_new(UNIT, content["receiving_unit"], world) or "")
    row["content"] = json.dumps(content, ensure_ascii=False)


def trail(row: Row, world: World) -> None:
    if row["subject_id"] is not None:
        row["subject_id"] = _key(_subject_table(row), row["subject_id"], world)
    for column in ("before", "after"):
        content = json.loads(row[column])
        if row["action"] == "SET_UNITS":  # role → [rule, unit]
            content = {role: [rule, _new(UNIT, old, world)] for role, (rule, old) in content.items()}
        row[column] = json.dumps(_replaced(content, world), ensure_ascii=False)


def news(row: Row, world: World) -> None:
    row["payload"] = _json(row["payload"], world)


def _subject_table(row: Row) -> str:
    kind = row["subject_type"]
    if kind == "calendar":
        return HOURS if "hours" in row["action"] else DAYS
    if kind not in _SUBJECTS:
        raise ReferenceUnknown(table="audit_entry", kind=kind)
    return _SUBJECTS[kind]


def _json(text: str, world: World) -> str:
    return json.dumps(_replaced(json.loads(text), world), ensure_ascii=False)


def _replaced(value: Any, world: World) -> Any:
    """The same with every key of a row replaced; the key of a row that stayed behind becomes null."""
    if isinstance(value, list):
        return [_replaced(one, world) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _new(_KEYS_IN_JSON[name], one, world)
        if name in _KEYS_IN_JSON and isinstance(one, int)
        else _replaced(one, world)
        for name, one in value.items()
    }


def _path(old: str, world: World) -> str:
    keys = [_new(UNIT, part, world) for part in old.strip("/").split("/")]
    return f"{world.facts['into_path']}{'/'.join(map(str, keys))}/"


def _root(world: World) -> int | None:
    return _new(UNIT, world.facts["old_root"], world)


def _key(table: str, old: str | None, world: World) -> str | None:
    new = _new(table, old, world)
    return None if new is None else str(new)


def _new(table: str, old: int | str | None, world: World) -> int | None:
    return world.new_key(table, old)
