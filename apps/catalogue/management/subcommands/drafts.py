"""Which version a code of the command line means."""

from django.core.management.base import CommandError

from apps.catalogue import selectors
from apps.catalogue.enums import UNPUBLISHED


def draft_id(code: str) -> int:
    """The one that is being written or reviewed; of both there is one at a time."""
    template = selectors.get_template(code)
    if template is None:
        raise CommandError(f"Không có thủ tục mang mã {code} trong danh mục quốc gia.")
    for version in template.versions:
        if version.state in UNPUBLISHED:
            return version.id
    raise CommandError(f"Thủ tục {code} không có bản nháp nào.")
