"""The clock's round of cleaning, in one tenant."""

from uuid import UUID

import time_machine

from apps.forms import services
from apps.forms.models import Declaration
from project.relay import clean


def test_clean_forgets_declarations_that_nobody_came_for(in_gia_lai, now):
    """Take forget_expired out of the round and the row stays for ever: seen."""
    kept = {
        "procedure_code": "1.001193",
        "version_public_id": UUID(int=1),
        "form_sha256": "0" * 64,
        "typed": {},
    }
    services.open_declaration(**kept, now=now - services.declaring.KEPT_FOR)
    young = services.open_declaration(**kept, now=now)
    with time_machine.travel(now, tick=False):
        clean.run()
    assert list(Declaration.objects.values_list("code", flat=True)) == [young.code]
