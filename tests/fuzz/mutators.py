"""Changes to inputs that keep their form, so that they reach what lies behind the first look: XML inside a zip file, values of JSON, lines.

Each takes the input, a generator of random numbers, and what changes bytes (``bits``; with atheris that of libFuzzer).
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

Bits = Callable[[bytes, int], bytes]
Mutator = Callable[[bytes, random.Random, Bits], bytes]

LARGEST = 1 << 16  # bytes of an input
_TAG = re.compile(rb"<[^<>]{1,400}>")
_ELEMENT = re.compile(rb"<([\w:.-]+)(?=[\s/>])[^<>]{0,400}(?:/>|>[^<>]{0,2000}</\1>)")
_VALUE = re.compile(rb"=\s*\"[^\"<>]{0,200}\"")
_TEXT = re.compile(rb">[^<>]{1,2000}<")
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2",
    b"9",
    b"255",
    b"65536",
    b"2147483648",
    b"-99999999999",
    b"99999999999999999999",
    b"0.5",
    b"1e400",
    b"NaN",
)
WORDS = (
    "", "1", "-1", "1. ", "(a) ", "I. ", "Annex", "Recommendation 3\n", "\n\n", "\f", "\u00ad", "\ufeff", "\u202e", "\x00", "\ud800", "\u2028", "&amp;",
    "&#0;", "&#x10FFFF;", "<!--", "-->", "]]>", "<![CDATA[", "{", "}", "[", "]", '"', "'", "\\", "\t", "*", "____", "| a | b |\n", "1 A note.\n", "Chile",
    "Ms. Lima ", "statements were made by representatives of the following: Chile, ", "A/AC.905/1\n", "NEAR(", " OR ", " NOT ", "/x{2,}/", "true", "null",
    "rec-1", "para-1", "2019. The", "\u201c", "\u201d", "> ", "```", "١", "²", "Ⅻ", "e\u0301", "ß", "İ", "\U0001d7d8", "%1.", "%s", "1" * 400, "(" * 50,
)  # fmt: skip


def plain_bits(data: bytes, rng: random.Random) -> bytes:
    """Bytes changed without libFuzzer: flipped, cut, doubled, put in."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(out) + 1)
        deed = rng.randrange(4)
        if deed == 0 and at < len(out):
            out[at] ^= 1 << rng.randrange(8)
        elif deed == 1:
            del out[at : at + rng.randint(1, 16)]
        elif deed == 2:
            out[at:at] = out[at : at + rng.randint(1, 64)]
        else:
            out[at:at] = rng.randbytes(rng.randint(1, 4))
    return bytes(out)


def _word(rng: random.Random) -> bytes:
    return rng.choice(WORDS).encode("utf-8", "surrogatepass")


def lines(data: bytes, rng: random.Random, bits: Bits) -> bytes:
    """Lines deleted, doubled, swapped and cut; words of the formats put in; sometimes bytes."""
    if rng.random() < 0.2:
        return bits(data, LARGEST)
    held = data.split(b"\n")
    for _ in range(rng.randint(1, 5)):
        at, other = rng.randrange(len(held)), rng.randrange(len(held))
        deed = rng.randrange(6)
        if deed == 0 and len(held) > 1:
            del held[at : at + rng.choice((1, 1, 2, 5, 20))]
            held = held or [b""]
        elif deed == 1:
            held[other:other] = held[at : at + rng.choice((1, 1, 2, 5))]
        elif deed == 2:
            held[at], held[other] = held[other], held[at]
        elif deed == 3:
            held[at] = held[at][: rng.randint(0, len(held[at]))]
        elif deed == 4:
            held[at] = _NUMBER.sub(lambda _: rng.choice(_NUMBERS), held[at], count=1)
        else:
            place = rng.randint(0, len(held[at]))
            held[at] = held[at][:place] + _word(rng) + held[at][place:]
    return b"\n".join(held)


def markup(data: bytes, rng: random.Random, bits: Bits) -> bytes:
    """Tags and whole elements of XML or HTML deleted, doubled and moved; values of attributes and texts changed."""
    if rng.random() < 0.1:
        return bits(data, LARGEST)
    for _ in range(rng.randint(1, 5)):
        pattern = rng.choice((_TAG, _ELEMENT, _ELEMENT, _VALUE, _TEXT))
        found = [one.span() for one in pattern.finditer(data)]
        if not found:
            return bits(data, LARGEST)
        low, high = rng.choice(found)
        piece = data[low:high]
        if pattern is _VALUE:
            value = rng.choice((rng.choice(_NUMBERS), _word(rng), data[slice(*rng.choice(found))][2:-1]))
            data = data[:low] + b'="' + value.replace(b'"', b"").replace(b"<", b"") + b'"' + data[high:]
        elif pattern is _TEXT:
            word = _word(rng).replace(b"<", b"&lt;") if rng.random() < 0.8 else _word(rng)
            place = rng.randint(1, len(piece) - 1)
            data = data[: low + place] + word + data[low + place :]
        else:
            to = rng.choice(found)[rng.randrange(2)]
            deed = rng.randrange(4)
            if deed == 0:
                data = data[:low] + data[high:]
            elif deed == 1:
                data = data[:to] + piece * rng.choice((1, 1, 2, 30)) + data[to:]
            elif deed == 2:
                name = rng.choice(found)
                data = data[:low] + data[slice(*name)] + data[high:]
            else:
                body = data[low:high]
                data = data[:low] + body * rng.choice((2, 3, 60)) + data[high:]
    return data


def packed(data: bytes, rng: random.Random, bits: Bits) -> bytes:
    """A part of a zip file changed as markup, dropped, doubled under another name; rarely the bytes of the file itself."""
    if rng.random() < 0.05:
        return bits(data, LARGEST)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {one.filename: archive.read(one) for one in archive.infolist() if one.file_size < 16 * LARGEST}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return bits(data, LARGEST)
    names = list(parts)
    if not names:
        return bits(data, LARGEST)
    deed = rng.random()
    name = rng.choice(names)
    if deed < 0.9:
        parts[name] = markup(parts[name], rng, bits)
    elif deed < 0.95:
        del parts[name]
    else:
        parts[rng.choice(names)] = parts[name]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for one, content in parts.items():
            archive.writestr(zipfile.ZipInfo(one), content, zipfile.ZIP_STORED if one == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _places(value: Any, holder: Any = None, key: Any = None) -> list[tuple[Any, Any]]:
    """Every place in a value of JSON: what holds it, and its key there."""
    out = [] if holder is None else [(holder, key)]
    if isinstance(value, dict):
        for name, one in value.items():
            out += _places(one, value, name)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            out += _places(one, value, number)
    return out


def values(data: bytes, rng: random.Random, bits: Bits) -> bytes:
    """Values of JSON exchanged, deleted, doubled; rarely the bytes themselves."""
    try:
        whole = {"": json.loads(data)}
    except (ValueError, RecursionError):
        return bits(data, LARGEST)
    if rng.random() < 0.05:
        return bits(data, LARGEST)
    for _ in range(rng.randint(1, 3)):
        places = _places(whole)[1:]
        if not places:
            break
        holder, key = rng.choice(places)
        alike = [(other, name) for other, name in rng.choices(places, k=30) if type(other[name]) is type(holder[key])]
        other, name = rng.choice(alike or places)  # mostly a value of one type, so that the form holds
        deed = rng.randrange(9)
        if deed == 0:
            holder[key] = rng.choice(
                (
                    None,
                    True,
                    False,
                    0,
                    -1,
                    1,
                    2**31,
                    2**64,
                    0.5,
                    float("inf"),
                    float("nan"),
                    "",
                    [],
                    {},
                    [[]],
                    rng.choice(WORDS),
                    "x" * 3000,
                )
            )
        elif deed < 4:
            holder[key] = json.loads(json.dumps(other[name]))
        elif deed == 4 and isinstance(holder, list):
            del holder[key]
        elif deed == 5 and rng.random() < 0.3:
            del holder[key]
        elif deed == 6 and isinstance(holder, list):
            holder[key:key] = json.loads(json.dumps(holder[key : key + 1])) * rng.choice((1, 2, 40))
        elif isinstance(holder[key], str):
            place = rng.randint(0, len(holder[key]))
            holder[key] = holder[key][:place] + rng.choice(WORDS) + holder[key][place:]
        elif isinstance(holder[key], int):
            holder[key] += rng.choice((-1, 1, 1000))
    return json.dumps(whole.get("")).encode()


_SETTING = re.compile(rb"^(\w+) = (.*)$", re.MULTILINE)
_SETTINGS = (
    b'""', b'"II"', b'"II.A"', b'"1"', b'"12 bis"', b"true", b"false", b"0", b"7", b"-1", b'["CHL"]', b"[]", b'{ CHL = "NOR" }', b"{}", b'"CHL"', b'"paragraph"',
    b'"recommendation"', b'["children", "gender"]', b'"2021-03-22"', b'"a"', b'"should"', b'["1", "2"]', b'"*"', b'"(.*"', b'"x;y;;z"', b'"generic"', b"1e9",
)  # fmt: skip


def settings(data: bytes, rng: random.Random, bits: Bits) -> bytes:
    """Rows of TOML deleted, doubled, moved; values exchanged for those of the same key elsewhere, or for others; rarely lines."""
    if rng.random() < 0.1:
        return lines(data, rng, bits)
    for _ in range(rng.randint(1, 4)):
        rows = re.split(rb"(?m)^(?=\[)", data)
        deed, at = rng.randrange(6), rng.randrange(len(rows))
        found = list(_SETTING.finditer(data))
        if deed == 0 and len(rows) > 2:
            kept = rows[at : at + rng.randint(1, 4)]
            data = b"".join(kept if rng.random() < 0.3 else [*rows[:at], *rows[at + 1 :]])
        elif deed == 1:
            data = b"".join([*rows, rows[at]]) if rng.random() < 0.5 else b"".join(rng.sample(rows, len(rows)))
        elif found:
            one = rng.choice(found)
            others = [other[2] for other in found if other[1] == one[1]]
            value = rng.choice(others) if deed < 4 else rng.choice(_SETTINGS)
            if deed == 5 and one[2].startswith(b'"'):
                value = b'"' + _word(rng).replace(b"\\", b"").replace(b'"', b"").replace(b"\n", b"") + one[2][1:]
            data = data[: one.start(2)] + value + data[one.end(2) :]
    return data


def numbers(data: bytes, rng: random.Random, bits: Bits) -> bytes:
    """Numbers and names of a PDF file exchanged, lines moved; often the bytes themselves."""
    if rng.random() < 0.25:
        return bits(data, LARGEST)
    if rng.random() < 0.3:
        return lines(data, rng, bits)
    for _ in range(rng.randint(1, 6)):
        found = [one.span() for one in rng.choice((_NUMBER, re.compile(rb"/\w+"), re.compile(rb"\([^()]*\)"))).finditer(data)]
        if not found:
            break
        low, high = rng.choice(found)
        other = data[slice(*rng.choice(found))]
        if data[low:high].lstrip(b"-")[:1].isdigit() and rng.random() < 0.5:
            other = rng.choice(_NUMBERS)
        data = data[:low] + other + data[high:]
    return data
