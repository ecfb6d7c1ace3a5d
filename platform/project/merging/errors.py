"""Refusals of the roof's own look at two tenants."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class RootUnclear(DomainError):
    code = "merge.root_unclear"
    sentence = _("{value} cần đúng một đơn vị gốc đang hoạt động, hiện có {count}.")
    kind = Kind.CONFLICT
