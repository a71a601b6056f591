"""What can happen to a feed's bytes: each mutation takes the content, chance and another format's content."""

import re
from collections.abc import Callable
from random import Random
from typing import TypeAlias

Mutation: TypeAlias = Callable[[bytes, Random, bytes], bytes]

_TOKENS = (
    b"\0", b"\0" * 99, b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe4\xbd", b"\r", b"\r\n", b"\n\n",
    b'"', b'""', b"'", b"\\", b"\\u0000", b"\\ud800", b"&", b"&#0;", b"&#xD800;", b"&#x110000;", b"&amp;lt;b&amp;gt;",
    b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml version='1.1'?>", b"<?a ?>", b"<script>",
    b"</script>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", b"<!DOCTYPE html>", b"{", b"}", b"[", b"]", b":", b",", b";",
    b"|", b"\t", b"null", b"true", b"NaN", b"-Infinity", b"1e999", b"-1", b"1e-999", b"0x10", b"1_000", b"--",
    b"=cmd()", b"9999-99-99", b"0001-01-01T00:00:00+23:59", b"99999999999999999999", b'{"@type":"Product"}',
    b"sku", b"g:id",
    "灯".encode("gb18030"), "\u202e\u2066\u200b\u200d\ufeff\u2028\x85".encode(),
    "１２３٤٥".encode(), "🇨🇳\U000e0041".encode(),
)  # fmt: skip
_CODECS = (
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "gb18030",
    "latin-1",
    "cp1252",
    "shift_jis",
    "utf-7",
    "utf-8-sig",
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\x2b\x2f\x76")
_NESTS = ((b"[", b"]"), (b'{"a":', b"}"), (b"<a>", b"</a>"), (b"<div hidden>", b"</div>"), (b"((", b"))"))
_NUMBER = re.compile(rb"[0-9]+(?:\.[0-9]+)?")
_JSON_VALUE = re.compile(rb'(?<=:)\s*(?:"[^"\n]*"|[0-9.]+|true|false|null)')
_VALUES = (
    b"null",
    b"[]",
    b"{}",
    b"[null]",
    b'[[["a"]]]',
    b'{"a":{"b":[1]}}',
    b'""',
    b'" "',
    b"-0",
    b"1e400",
    b"true",
    b'"\\u0000"',
)


def _span(content: bytes, chance: Random, most: int = 200) -> tuple[int, int]:
    start = chance.randint(0, len(content))
    return start, min(len(content), start + chance.randint(0, most))


def _into(content: bytes, chance: Random, token: bytes) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + token + content[at:]


def flip(content: bytes, chance: Random, _other: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 20) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def insert(content: bytes, chance: Random, _other: bytes) -> bytes:
    for _ in range(chance.randint(1, 6)):
        content = _into(content, chance, chance.choice(_TOKENS))
    return content


def remove(content: bytes, chance: Random, _other: bytes) -> bytes:
    start, stop = _span(content, chance)
    return content[:start] + content[stop:]


def truncate(content: bytes, chance: Random, _other: bytes) -> bytes:
    return content[: chance.randint(0, len(content))]


def repeat(content: bytes, chance: Random, _other: bytes) -> bytes:
    start, stop = _span(content, chance, 3000)
    return content[:stop] + content[start:stop] * chance.choice([1, 2, 30]) + content[stop:]


def splice(content: bytes, chance: Random, other: bytes) -> bytes:
    start, stop = _span(other, chance, 2000)
    return _into(content, chance, other[start:stop])


def glue(content: bytes, chance: Random, other: bytes) -> bytes:
    return content[: chance.randint(0, len(content))] + other[chance.randint(0, len(other)) :]


def swap_lines(content: bytes, chance: Random, _other: bytes) -> bytes:
    lines = content.split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def recode(content: bytes, chance: Random, _other: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode(chance.choice(_CODECS), "replace")


def mark(content: bytes, chance: Random, _other: bytes) -> bytes:
    return chance.choice(_BOMS) + content


def lengthen(content: bytes, chance: Random, _other: bytes) -> bytes:
    token = chance.choice([b"a", b"<", b'"', b"&", b"\xe7\x81\xaf", b"<b>", b"a,", b"[", b" ", b"&lt;", b"="])
    return _into(content, chance, token * chance.choice([300, 30_000, 200_000]))


def nest(content: bytes, chance: Random, _other: bytes) -> bytes:
    left, right = chance.choice(_NESTS)
    depth = chance.choice([60, 101, 500, 5000, 50_000])
    return _into(content, chance, left * depth + b"1" + right * chance.choice([depth, 0]))


def inflate(content: bytes, chance: Random, _other: bytes) -> bytes:
    """A number of the feed becomes one of thousands of digits, or an odd one."""
    found = list(_NUMBER.finditer(content))
    if not found:
        return content
    at = chance.choice(found)
    number = chance.choice(
        [b"9" * 5000, b"1." + b"3" * 5000, b"1e99999", b"-0.0", b"1E+2", b"49,90", b"1.299,00", b"\xd9\xa4"]
    )
    return content[: at.start()] + number + content[at.end() :]


def retype(content: bytes, chance: Random, _other: bytes) -> bytes:
    """A JSON value becomes one of another type."""
    return _JSON_VALUE.sub(lambda found: chance.choice(_VALUES) if chance.random() < 0.1 else found[0], content)


def redelimit(content: bytes, chance: Random, _other: bytes) -> bytes:
    one, two = chance.sample([b",", b"\t", b";", b"|", b'"', b":"], 2)
    return content.replace(one, two, chance.choice([-1, 1, 20]))


def rebreak(content: bytes, chance: Random, _other: bytes) -> bytes:
    """Line endings become mixed, or those of another system."""
    endings = chance.choice([[b"\r\n"], [b"\r"], [b"\n", b"\r\n", b"\r", b"\n\n", "\u2028".encode(), b"\x0b"]])
    return b"".join(line + chance.choice(endings) for line in content.split(b"\n"))


MUTATIONS: tuple[Mutation, ...] = (
    flip, insert, remove, truncate, repeat, splice, glue, swap_lines, recode, mark, lengthen, nest, inflate, retype,
    redelimit, rebreak,
)  # fmt: skip


def mutated(content: bytes, chance: Random, other: bytes) -> bytes:
    """The content after one to four mutations."""
    for mutation in chance.choices(MUTATIONS, k=chance.randint(1, 4)):
        content = mutation(content, chance, other)
    return content
