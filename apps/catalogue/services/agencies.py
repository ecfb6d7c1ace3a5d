"""Whether a name is that of an agency of the shared list."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from apps.catalogue.enums import SharedList
from apps.catalogue.models import Code
from apps.catalogue.selectors.code_lists import is_whole_list
from kernel.vietnamese import fold


def find_agency_check(now: datetime) -> Callable[[str], bool] | None:
    """By the list in force on the day, whatever the marks and capitals.

    None as long as there is no whole list: of a part nobody can tell what is missing.
    """
    if not is_whole_list(SharedList.AGENCIES):
        return None
    standing = Code.objects.filter(list__key=SharedList.AGENCIES, until_version=None)
    names = standing.filter(Q(valid_to=None) | Q(valid_to__gte=now.date())).values_list("name", flat=True)
    known = {fold(name) for name in names}
    return (lambda name: fold(name) in known) if known else None
