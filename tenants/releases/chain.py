"""Compiled releases as the runner needs them: loaded once, shared by all threads, never written."""

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings

from tenants.provisioning.shape import Piece
from tenants.registry.context import central_context
from tenants.releases.enums import StepKind
from tenants.releases.models import Release, ReleaseStep


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    app: str
    migration: str
    is_last: bool
    kind: StepKind
    sql: str


class Before(NamedTuple):
    """What a schema is at the release before."""

    fingerprint: str
    shape: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """``new_tables`` and ``new_sequences`` are those that the release before did not have: they need rights."""

    number: int
    name: str
    fingerprint: str
    shape: tuple[Piece, ...]
    before: Before
    steps: tuple[Step, ...]
    new_tables: tuple[str, ...]
    new_sequences: tuple[str, ...]

    @property
    def is_one_transaction(self) -> bool:
        return all(step.kind is StepKind.TRANSACTION for step in self.steps)

    def grants(self, schema: str, role: str) -> str:
        """One text of GRANTs for what is new; append-only tables stay so."""
        lines = [
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.{table} TO {role};"
            for table in self.new_tables
        ]
        lines += [f"GRANT USAGE ON SEQUENCE {schema}.{name} TO {role};" for name in self.new_sequences]
        lines += [
            f"REVOKE UPDATE, DELETE ON {schema}.{table} FROM {role};"
            for table in settings.TENANT_APPEND_ONLY_TABLES
            if table in self.new_tables
        ]
        return "\n".join(lines)


def load_chain(*, after: int, to: int) -> list[Compiled]:
    """The releases with ``after`` < number ≤ ``to``, oldest first."""
    with central_context():
        releases = list(Release.objects.filter(number__gte=after, number__lte=to).order_by("number"))
        steps: dict[int, list[Step]] = {}
        for row in ReleaseStep.objects.filter(release__in=releases).order_by("release_id", "ordinal"):
            steps.setdefault(row.release_id, []).append(
                Step(row.ordinal, row.app, row.migration, row.is_last, StepKind(row.kind), row.sql)
            )
    shapes = {release.number: [Piece(*piece) for piece in release.shape] for release in releases}
    earlier = {
        release.number + 1: Before(release.fingerprint, tuple(shapes[release.number])) for release in releases
    }
    return [
        Compiled(
            number=release.number,
            name=release.name,
            fingerprint=release.fingerprint,
            shape=tuple(shapes[release.number]),
            before=earlier.get(release.number, Before("", ())),
            steps=tuple(steps.get(release.id, ())),
            new_tables=_new("table", shapes, release.number),
            new_sequences=_new("sequence", shapes, release.number),
        )
        for release in releases
        if release.number > after
    ]


def _new(kind: str, shapes: dict[int, list[Piece]], number: int) -> tuple[str, ...]:
    before = {piece.name for piece in shapes.get(number - 1, ()) if piece.kind == kind}
    return tuple(piece.name for piece in shapes[number] if piece.kind == kind and piece.name not in before)
