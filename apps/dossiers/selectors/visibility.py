"""Which dossiers an actor may see: those of the units that a duty of theirs reaches."""

from django.db.models import Q

from apps.organisations import selectors as organisations
from kernel.actors import Actor, ActorKind

_NOTHING = Q(pk__in=())


def visible(by: Actor, *columns: str) -> Q:
    """A condition over the unit columns; without ``columns`` all three. Nothing where there is no duty."""
    if by.kind == ActorKind.SYSTEM:
        return Q()
    columns = columns or ("receiving_unit", "competent_unit", "supporting_unit")
    condition = _NOTHING
    for procedure, paths in _reach(by).items():
        if None in paths:
            here = Q()
        else:
            units = organisations.list_unit_ids_below(paths=sorted(path for path in paths if path))
            here = Q()
            for column in columns:
                here |= Q(**{f"{column}_id__in": units})
        condition |= here & Q(procedure_code=procedure) if procedure else here
        if not condition:
            return Q()
    return condition


def _reach(by: Actor) -> dict[str | None, set[str | None]]:
    """Paths by procedure; a wider grant for every procedure makes a narrower one superfluous."""
    reach: dict[str | None, set[str | None]] = {}
    for grant in by.grants:
        reach.setdefault(grant.procedure, set()).add(grant.unit_path)
    return reach
