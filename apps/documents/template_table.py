"""Which layout is in force: by legal basis and date. A layout that was used once is never edited, only followed."""

from dataclasses import dataclass
from datetime import date

from apps.documents.enums import Form
from apps.documents.errors import FormUnknown


@dataclass(frozen=True, slots=True)
class Template:
    """``folder`` stands below ``templates/<form>/`` and is what an issued document remembers."""

    form: Form
    folder: str
    legal_basis: str
    in_force_from: date


TT_03_2025 = (
    "tt-03-2025-tt-vpcp",
    "Thông tư số 03/2025/TT-VPCP",
    date(2025, 9, 15),
)  # in force from its day of issue
TEMPLATES = tuple(Template(form, *TT_03_2025) for form in Form)


def find_template(*, form: str, on: date) -> str:
    """The folder of the newest layout in force on that day; raises FormUnknown."""
    fitting = [template for template in TEMPLATES if template.form == form and template.in_force_from <= on]
    if not fitting:
        raise FormUnknown(value=form)
    return max(fitting, key=lambda template: template.in_force_from).folder
