"""What a mistyped word may have meant: the known words that one slip of the hand makes of it. Pure.

One slip: a letter left out, put in, taken for another, or two the wrong way round. Likeness by trigrams
does not see it: of a syllable of three letters nearly every trigram is gone.
"""

import re
from collections.abc import Mapping
from string import ascii_lowercase

_WORD = re.compile(r"[a-z0-9]+")
LONGEST = 60
MOST_WORDS = 10  # of a question; what stands behind is not looked at


def words_of(folded: str) -> list[str]:
    """Distinct words of a text that ``kernel.vietnamese.fold`` has made, in their order."""
    return list(dict.fromkeys(word[:LONGEST] for word in _WORD.findall(folded)))


def slips_of(word: str) -> set[str]:
    """All that one slip can make of ``word``, words or not; of a number nothing: a code is typed or copied."""
    if not word.isalpha() or len(word) < 2:
        return set()
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(left + right[1:] for left, right in halves if right),
        *(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1),
        *(left + letter + right[1:] for left, right in halves if right for letter in ascii_lowercase),
        *(left + letter + right for left, right in halves for letter in ascii_lowercase),
    } - {word}


def meanings_of(slips: Mapping[str, set[str]], known: set[str], *, trusting: bool) -> list[list[str]]:
    """For each word that means anything: itself, if it is known, or the known words one slip away.

    ``slips``: word → what one slip makes of it. ``trusting``: a word that is known was meant; otherwise it,
    too, may be another one mistyped.
    """
    found = []
    for word, others in slips.items():
        doubted = set() if trusting and word in known else others & known
        found.append(sorted(doubted | ({word} & known)))
    return [meanings for meanings in found if meanings]
