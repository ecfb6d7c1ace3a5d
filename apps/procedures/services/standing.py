"""What of a procedure is in force or was to begin, and how it makes room for what is laid down now."""

from datetime import date, datetime

from django.db import connection

from apps.audit import services as audit
from apps.procedures.errors import AdoptedMeanwhile
from apps.procedures.models import AdoptedVersion
from kernel.actors import Actor
from tenants.registry.context import get_current_tenant


def lock_procedure(code: str) -> None:
    """Two adoptions of one procedure at once: the second waits here and then sees the first."""
    key = f"{get_current_tenant().schema_name}:procedures.adopt:{code}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def list_standing(code: str, day: date) -> list[AdoptedVersion]:
    """In force on ``day`` or beginning later, by the first day, locked."""
    rows = AdoptedVersion.objects.standing(day).filter(procedure_code=code)
    return list(rows.select_for_update(of=("self",)).order_by("in_force_from"))


def require_seen(code: str, seen: int | None) -> None:
    """Nobody has adopted since: ``seen`` is the newest number that the person had in view, 0 where there was none.

    The caller holds the lock of the procedure. None: nobody looked, a program adopts. Raises AdoptedMeanwhile.
    """
    if seen is None:
        return
    newest = AdoptedVersion.objects.filter(procedure_code=code).defer("content").order_by("-number").first()
    if newest is not None and newest.number != seen:
        raise AdoptedMeanwhile(name=newest.adopted_by, procedure=code, number=newest.number)


def make_room(standing: list[AdoptedVersion], *, day: date, by: Actor, now: datetime) -> None:
    """What is in force ends on ``day``; what was to begin later never begins, and the trail says so."""
    for version in standing:
        last = max(day, version.in_force_from)
        AdoptedVersion.objects.filter(id=version.id).update(in_force_to=last)
        if version.in_force_from <= day:
            continue
        audit.record(
            by=by,
            action="REPLACE",
            subject_type="procedure",
            subject_id=version.id,
            now=now,
            before={
                "in_force_from": version.in_force_from.isoformat(),
                "in_force_to": version.in_force_to.isoformat() if version.in_force_to else None,
            },
            after={"in_force_to": last.isoformat()},
        )
