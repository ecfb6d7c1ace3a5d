"""What has drifted in one tenant, in words: one line for each object, migration and right."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from tenants.releases.differences import Difference, ObjectKind
from tenants.releases.drifting import TenantDrift
from tenants.releases.rights import WrongRight


class Deviation(NamedTuple):
    """``expected`` and ``found`` are texts of PostgreSQL's catalogue; empty where they say nothing."""

    what: str
    expected: str = ""
    found: str = ""


def list_deviations(drift: TenantDrift) -> list[Deviation]:
    return [
        *map(_object, drift.differences),
        *(
            Deviation(_("thiếu migration {name}").format(name=f"{app}.{name}"))
            for app, name in drift.migrations_missing
        ),
        *(
            Deviation(_("thừa migration {name}").format(name=f"{app}.{name}"))
            for app, name in drift.migrations_extra
        ),
        *(Deviation(words) for right in drift.rights for words in _rights(right)),
    ]


def _object(one: Difference) -> Deviation:
    what = f"{one.how.label} {one.kind.label} {one.name}"
    if one.kind is ObjectKind.TABLE:  # its own text is letters of the catalogue
        return Deviation(what)
    return Deviation(what, one.expected.strip(), one.found.strip())


def _rights(one: WrongRight) -> Iterator[str]:
    if one.kind == "ROLE":
        yield _("vai trò {name} thiếu hoặc sai thuộc tính").format(name=one.name)
    for words, rights in (
        (_("thiếu quyền {rights} của {who} trên {name}"), one.missing),
        (_("thừa quyền {rights} của {who} trên {name}"), one.extra),
    ):
        if rights:
            yield words.format(rights=", ".join(rights), who=one.who, name=one.name)
