"""Whom a flag or an announcement reaches: rings and tenants, checked before they are kept."""

from collections.abc import Iterable

from kernel.errors import DomainError, Refusals
from tenants.registry.enums import Ring
from tenants.registry.models import Tenant
from tenants.releases.errors import RingUnknown, TenantUnknown


def clean_codes(codes: Iterable[str]) -> list[str]:
    """Each once, in order, without spaces around it."""
    return sorted({code.strip() for code in codes if code.strip()})


def clean_rings(rings: Iterable[str]) -> list[str]:
    """Each once, as rollouts go through them; what is no ring comes last, for reach_refusals to name."""
    turn = {ring: place for place, ring in enumerate(Ring.values)}
    return sorted(set(rings), key=lambda ring: (turn.get(ring, len(turn)), ring))


def reach_refusals(
    *, rings: Iterable[str], codes: Iterable[str], field: str = "tenants"
) -> list[DomainError]:
    """All that is unknown, at once. Reads the centre: call it in the central context."""
    refusals: list[DomainError] = [
        RingUnknown(value=ring, field="rings") for ring in rings if ring not in Ring.values
    ]
    wanted = set(codes)
    known = set(
        Tenant.objects.filter(code__in=wanted).exclude(schema_name="public").values_list("code", flat=True)
    )
    return [*refusals, *(TenantUnknown(value=code, field=field) for code in sorted(wanted - known))]


def refuse(refusals: list[DomainError]) -> None:
    """Raise what there is: one refusal as itself, several as Refusals."""
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise Refusals(refusals)
