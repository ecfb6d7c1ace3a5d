"""Vietnamese text as keys: for search without marks, and for order.

Computed here and stored, so that neither depends on the server's collation.
"""

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: f"{index:02d}" for index, letter in enumerate(_ALPHABET, start=10)}
# Order of the tone marks in Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
_TONE = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPE = {"\u0306", "\u0302", "\u031b"}
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """NFC, trimmed, single spaces: what is stored of a name typed by a person."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Lower case without marks: ``Đặng Thị Ơn`` → ``dang thi on``."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return _SPACES.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip().lower()


def sort_key(text: str) -> str:
    """A string whose byte order is the order of a Vietnamese dictionary.

    Word by word: first the letters (ă after a, đ after d), then the tones.
    """
    words = []
    for word in _SPACES.split(unicodedata.normalize("NFD", text.lower()).strip()):
        letters, tones, base = "", "", ""
        for char in word:
            if char in _TONE:
                tones = tones[:-1] + _TONE[char]
            elif char in _SHAPE:
                base += char
                letters = letters[:-2] + _LETTER.get(unicodedata.normalize("NFC", base), letters[-2:])
            else:
                base = char
                letters += _LETTER.get(char, f"0{char}" if char.isdigit() else "09")
                tones += "0"
        words.append(f"{letters}.{tones}")
    return " ".join(words)
