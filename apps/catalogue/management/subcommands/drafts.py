"""Which draft a code of the command line means."""

from django.core.management.base import CommandError

from apps.catalogue import selectors
from apps.catalogue.enums import VersionState


def draft_id(code: str) -> int:
    template = selectors.get_template(code)
    if template is None:
        raise CommandError(f"Không có thủ tục mang mã {code} trong danh mục quốc gia.")
    for version in template.versions:
        if version.state == VersionState.DRAFT:
            return version.id
    raise CommandError(f"Thủ tục {code} không có bản nháp nào.")
