"""Numbers as lists print them: ``4``, ``iv``, ``D``, ``4th``. The names are those of WordprocessingML (ECMA-376 Part 1, 17.18.59)."""

from __future__ import annotations

from tipreport.number_words import ONES, TENS

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 4999
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_STARS = "*†‡§"
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}
# How OpenDocument (style:num-format) and HTML (the attribute type) name the forms.
SHORT = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def numeral(form: str, number: int, *, repeats: bool = True) -> str:
    """The number in a form; in figures where the form has no sign for it, or is not known.

    Args:
        form: ``decimal``, ``lowerRoman``, ...; ``none`` gives an empty text.
        number: may be zero or negative.
        repeats: whether letters go on behind z with aa, bb, as in Word, or with aa, ab, as in HTML.
    """
    if form == "none":
        return ""
    if number <= 0:
        return str(number)
    if form in {"lowerRoman", "upperRoman"} and number <= _LARGEST_ROMAN:
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    if form in {"lowerLetter", "upperLetter"}:
        letters = _repeated("abcdefghijklmnopqrstuvwxyz", number) if repeats else _counted(number)
        return letters.upper() if form == "upperLetter" else letters
    if form in {"russianLower", "russianUpper"}:
        letters = _repeated(_RUSSIAN, number)
        return letters.upper() if form == "russianUpper" else letters
    if form == "chicago":
        return _repeated(_STARS, number)
    if form == "decimalZero":
        return f"{number:02}"
    if form == "ordinal":
        return f"{number}{_ending(number)}"
    if form in {"cardinalText", "ordinalText"} and number < 100:
        return _spelled(number, ordinal=form == "ordinalText").capitalize()
    return str(number)


def _roman(number: int) -> str:
    out = ""
    for size, sign in _ROMAN:
        out += sign * (number // size)
        number %= size
    return out


def _repeated(signs: str, number: int) -> str:
    times = min((number - 1) // len(signs) + 1, 30)
    return signs[(number - 1) % len(signs)] * times


def _counted(number: int) -> str:
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(97 + rest) + out
    return out


def _ending(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _spelled(number: int, *, ordinal: bool) -> str:
    tens, ones = divmod(number, 10)
    words = [ONES[number]] if number < len(ONES) else [TENS[tens - 2], *([ONES[ones]] if ones else [])]
    if ordinal:
        last = words[-1]
        words[-1] = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return "-".join(words)
