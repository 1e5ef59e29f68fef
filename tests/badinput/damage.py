"""Damage: real files with something wrong in them, and files that were made to do harm.

Twelve categories. Everything comes from a `Random`, so that a seed gives the same again.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Any

ODD_NUMBERS = (
    *("NaN", ".nan", "Infinity", "-.inf", "1e999", "-0", "0x7f", "1_000", "9" * 400, "1e-400"),
    *("٣", "½", "-1", "99999999999999999999", "0.1.2", "+5", "1,5"),
)
ODD_DATES = (
    *("9999-12-31", "0000-00-00", "2026-02-30", "-0001-01-01", "99999-01-01", "2026-13-01"),
    *("0001-01-01", "31/12/9999", "1e5", "2026-11-28T25:61:61Z", "45000", "2958466", "-1"),
)
ODD_TEXTS = (
    *("\x00", "\ufeff", "\u202e", "\ud800", "a" * 5_000, "\x1b[2J", "é" * 300, "{0}", "%s", "\\"),
    *("=1+1", "{{7*7}}", "<!--", "]]>", "../../etc/passwd", "\r", "\u2028", "🦆" * 50, "'\""),
)
YAML_TRICKS = (
    "!!python/object/apply:os.system ['true']",
    "!!python/name:os.system",
    "!!binary aGVsbG8=",
    "!!set {a, b}",
    "!!timestamp 2026-13-45",
    "!<tag:yaml.org,2002:omap> [a: 1]",
    "&a [*a]",
    "*nowhere",
    "<<: {a: 1}",
    "? [1, 2]\n: 3",
    "!!float '1'",
    "|2\n x",
    "%YAML 9.9\n---\na",
    "--- a\n--- b",
    "{a: 1, a: 2}",
)
CODE_OF_YAML = (
    "!!python/object/apply:os.mkdir ['{path}']",
    "!!python/object/new:os.mkdir ['{path}']",
    "!!python/name:os.system",
    "!!python/module:os",
)
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    "<!DOCTYPE x ["
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    + "]>"
)
Damage = Callable[[bytes, Random], bytes]


def flipped(raw: bytes, random: Random) -> bytes:
    """A few bits are the other way round."""
    data = bytearray(raw)
    for _ in range(random.randrange(1, 9)):
        if data:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(data)


def cut(raw: bytes, random: Random) -> bytes:
    """The file ends too early, or is empty."""
    return raw[: random.randrange(len(raw) + 1)] if random.random() < 0.9 else b""


def shuffled(raw: bytes, random: Random) -> bytes:
    """A stretch is missing, comes twice, or stands elsewhere."""
    if not raw:
        return raw
    start = random.randrange(len(raw))
    stretch = raw[start : start + random.randrange(1, 200)]
    rest = raw[:start] + raw[start + len(stretch) :]
    at = random.randrange(len(rest) + 1)
    return random.choice(
        [rest, raw[:start] + stretch + raw[start:], rest[:at] + stretch + rest[at:]]
    )


def _spliced(raw: bytes, random: Random, texts: tuple[str, ...]) -> bytes:
    """One of these texts stands where a word was, or in between."""
    added = random.choice(texts).encode("utf-8", "surrogatepass")
    if not raw:
        return added
    start = random.randrange(len(raw))
    end = start + random.choice([0, 1, 4, 12])
    return raw[:start] + added + raw[end:]


def odd_numbers(raw: bytes, random: Random) -> bytes:
    """Numbers that are none, or too large."""
    return _spliced(raw, random, ODD_NUMBERS)


def odd_dates(raw: bytes, random: Random) -> bytes:
    """Days that there are not, or far from any calendar."""
    return _spliced(raw, random, ODD_DATES)


def odd_texts(raw: bytes, random: Random) -> bytes:
    """Texts of signs that nobody types."""
    return _spliced(raw, random, ODD_TEXTS)


def yaml_tricks(raw: bytes, random: Random) -> bytes:
    """Tags, aliases and other powers of YAML, as a value or as the whole."""
    trick = random.choice(YAML_TRICKS).encode()
    if random.random() < 0.2:
        return trick
    lines = raw.split(b"\n")
    at = random.randrange(len(lines))
    key, colon, _ = lines[at].partition(b":")
    lines[at] = key + colon + b" " + trick
    return b"\n".join(lines)


def nested(raw: bytes, random: Random) -> bytes:
    """Brackets, quotes or markup many levels deep, or one sign very often."""
    deep = random.choice([50, 1_000, 20_000])
    left, right = random.choice(
        [
            *[("[", "]"), ("{a: ", "}"), ('{"a":', "}"), ("<div>", "</div>"), ("(", ")")],
            *[("> ", ""), ("*", ""), ("- ", ""), (",", ""), ("|", ""), ('"', ""), ("<td>", "")],
        ]
    )
    bomb = (left * deep + right * deep).encode()
    return bomb if random.random() < 0.5 else raw + b"\n" + bomb


def aliases(raw: bytes, random: Random) -> bytes:
    """A few lines that stand for billions."""
    levels = random.randrange(3, 12)
    names = [chr(ord("a") + n) for n in range(levels)]
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in pairwise(names):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    return "\n".join(lines).encode() + (b"\n" + raw if random.random() < 0.5 else b"")


def markup(raw: bytes, random: Random) -> bytes:
    """Entities from files and entities of entities, in XML of all kinds."""
    evil = random.choice([ENTITY, LAUGHS]).encode()
    inner = [b"&e;", b"&a8;"]
    if raw.startswith(b"PK"):
        return zip_with(raw, lambda name, data: _entity(name, data, evil, random))
    return evil + random.choice(inner) + raw


def _entity(name: str, data: bytes, evil: bytes, random: Random) -> bytes:
    if not name.endswith((".xml", ".rels")) or random.random() < 0.5:
        return data
    head, found, rest = data.partition(b"?>")
    return head + found + evil + rest if found else evil + data


def zipped(raw: bytes, random: Random) -> bytes:
    """Archives: bombs, missing and doubled members, names that lead elsewhere."""
    if not raw.startswith(b"PK"):
        return _bomb(random)
    what = random.randrange(4)
    if what == 0:
        return _bomb(random)
    if what == 1:
        gone = random.random()
        return zip_with(raw, lambda _, data: b"" if random.random() < gone else data)
    if what == 2:
        return zip_with(raw, lambda _, data: flipped(data, random), lambda name: f"../../{name}")
    return zip_with(raw, lambda _, data: odd_numbers(data, random))


def _bomb(random: Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        name = random.choice(["xl/workbook.xml", "content.xml", "xl/worksheets/sheet1.xml", "x"])
        archive.writestr(name, b" " * random.choice([10, 10**6, 3 * 10**7]))
    return made.getvalue()


def zip_with(
    raw: bytes,
    change: Callable[[str, bytes], bytes],
    rename: Callable[[str], str] = lambda name: name,
) -> bytes:
    """The archive with each member changed; what is no archive stays as it is."""
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w") as new:
            for item in old.infolist():
                new.writestr(rename(item.filename), change(item.filename, old.read(item)))
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError):
        return raw
    return made.getvalue()


def restructured(raw: bytes, random: Random) -> bytes:
    """A document of the same shape in which values are of other kinds."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return cells_moved(raw, random)
    for _ in range(random.randrange(1, 4)):
        data = _twisted(data, random)
    return json.dumps(data).encode("utf-8", "surrogatepass")


VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**30, 1e308, float("nan"), float("inf"), "", [], {}, [[]], {"": None}),
    *({"a": {"b": []}}, ["x", 1, None], "x" * 3_000, "2026-02-30", [None] * 50),
)


def _twisted(data: Any, random: Random) -> Any:
    if isinstance(data, dict) and data and random.random() < 0.85:
        key = random.choice(list(data))
        if random.random() < 0.15:
            return {**data, random.choice(ODD_TEXTS): data[key]}
        return {**data, key: _twisted(data[key], random)}
    if isinstance(data, list) and data and random.random() < 0.85:
        at = random.randrange(len(data))
        return [*data[:at], _twisted(data[at], random), *data[at + 1 :]]
    return random.choice(VALUES)


def cells_moved(raw: bytes, random: Random) -> bytes:
    """Lines of a text in another order, and signs between cells that are others."""
    lines = raw.split(b"\n")
    random.shuffle(lines)
    text = b"\n".join(lines[: random.randrange(1, len(lines) + 1)])
    old, new = random.choice([(b",", b";"), (b"|", b"||"), (b"\t", b" "), (b'"', b""), (b":", b"")])
    return text.replace(old, new, random.randrange(20)) if old else text


CATEGORIES: dict[str, Damage] = {
    "flipped bits": flipped,
    "cut": cut,
    "shuffled": shuffled,
    "odd numbers": odd_numbers,
    "odd dates": odd_dates,
    "odd texts": odd_texts,
    "tricks of YAML": yaml_tricks,
    "nested": nested,
    "aliases": aliases,
    "entities": markup,
    "archives": zipped,
    "other values": restructured,
}
