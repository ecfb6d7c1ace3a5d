"""Which sections of a draft a province writes, and the first fields of a new one."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from frontend.drafts.fields import SECTIONS, Field, Section

# Who may change what of it is no question: nobody takes a local procedure over.
_GENERAL = tuple(one for one in SECTIONS[0].fields if one.name != "slots")
LOCAL_SECTIONS: tuple[Section, ...] = (
    replace(SECTIONS[0], fields=(*_GENERAL, Field("field.name", _("Lĩnh vực")))),
    *SECTIONS[1:],
)
BY_SLUG = {section.slug: section for section in LOCAL_SECTIONS}


def first_values(code: str = "", name: str = "") -> dict[str, Any]:
    """Of a procedure that is in force here: its next version, which begins as itself."""
    return {"code": code, "name": name, "copy_of": code}
