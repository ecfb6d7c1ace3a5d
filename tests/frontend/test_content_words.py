"""A whole procedure in words."""

from apps.fees.enums import FeeKind
from frontend.drafts.fields import FEE_KINDS


def test_the_kinds_of_fees_are_called_the_same_when_they_are_written_and_when_they_are_charged() -> None:
    """Luật Phí và lệ phí 97/2015/QH13 tells them apart; once the editor had them the wrong way round."""
    assert [(value, str(words)) for value, words in FEE_KINDS] == [
        (one.value, str(one.label)) for one in FeeKind
    ]
