"""A whole procedure in words."""

from copy import deepcopy

from apps.catalogue.national_files import read_national
from apps.fees.enums import FeeKind
from frontend.content_words import content_words
from frontend.drafts.fields import FEE_KINDS


def test_the_kinds_of_fees_are_called_the_same_when_they_are_written_and_when_they_are_charged() -> None:
    """Luật Phí và lệ phí 97/2015/QH13 tells them apart; once the editor had them the wrong way round."""
    assert [(value, str(words)) for value, words in FEE_KINDS] == [
        (one.value, str(one.label)) for one in FeeKind
    ]


def test_content_words_says_when_the_steps_surely_take_longer_than_a_limit() -> None:
    """Of a national one nothing of the kind is known; a province may shorten the limit below its steps' times."""
    content = next(one.content for one in read_national() if one.content["code"] == "1.013225")
    assert content_words(content).slow == []
    short = deepcopy(content)
    short["cases"][1]["limit"]["amount"] = 2
    told = content_words(short).slow
    assert len(told) == 1
    assert short["cases"][1]["name"] in told[0]
