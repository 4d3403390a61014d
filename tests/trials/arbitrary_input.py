"""Random input for all that reads what others wrote: `arbitrary_input.py [how many] [seed]`.

It may only fail in the documented ways. The inputs are shared among the readers by weight; one that raised
what it must not, took longer than `LONGEST`, or broke the rule that stands beside its reader is printed.
"""

import json
import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

if __name__ == "__main__":
    ROOT = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

from playhead.core import formfield
from playhead.core.account import Account, Credential, safe_address
from playhead.core.exports import choices
from playhead.core.exports.naming import safe_part, same_file, units
from playhead.core.exports.template import Template, TemplateError
from playhead.core.finding.matching import matches
from playhead.core.finding.moments import DateError, date_span
from playhead.core.finding.parser import parse
from playhead.core.finding.query import QueryError
from playhead.core.links import is_link
from playhead.core.recording import Recording
from playhead.core.spreadsheet import guarded, unguarded
from playhead.core.text import digits_of, fold, looks_like_number
from playhead.core.zone import zone_of
from playhead.machine.private import redacted
from playhead.machine.settings import from_text
from playhead.providers.bird import bird, birdrows
from playhead.providers.bird.bird import BIRD_ADDRESS
from playhead.providers.convirza import convirzarows
from playhead.providers.http.request import may_open, origin
from playhead.providers.reading import rawfields as fields
from playhead.providers.reading.subtitles import subtitles
from playhead.ui.wording.phones import international
from playhead.ui.wording.words import cell_party, spoken, title
from support.providers.registered import PROVIDERS

LONGEST = 2.0
"""Seconds one input may take, on a machine that does other work besides."""
NOW = datetime(2026, 7, 14, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
ACCOUNT = Account(id="a", provider="bird", label="EU support", base_url=BIRD_ADDRESS)

PIECES = (
    *"abcxyzABCXYZ0123456789 .,:;-+=@'\"*/\\()[]{}<>|_#%&?!~`^$",
    *"\u00ad\u200b\u200d\u200e\u202a\u202c\u2066\u2069\ufeff\u0301\u0327\u00a0\u3000\u2028",
    *"łŁøđħþæœßıİIĸŋƀέςΣёйїґかがカﾞ中文עברית\u05b8العربية\u064b",
    *"“”„«»‘’′‐‑‒–—―−－：；，。（）＝＋＠０１２٣٤۵",
    *"\x00\x1f\x7f\ud800\udfff\U0001f3a7\n\t\r",
    "duration:",
    "from:",
    "date:",
    "size:>",
    "is:",
    " or ",
    "1,5",
    "2026-10-25T02:30",
    "..",
    "last30d",
    "+31205550142",
    ";ext=12",
    "sip:1001@10.20.30.40",
    "https://h.example/x?X-Amz-Signature=1",
    "https%3A%2F%2Fh.example",
    "{started:%Y}",
    "{from}",
    "{id8}",
    "May 2026",
    "TRUE",
    "€5",
    "1e5",
    "=1+1",
    ";=1",
    "00:00:01.000 --> 00:00:02.000",
    "WEBVTT",
    "Bearer eyJhbGciOi.abc.def",
)
"""What random text is made of: letters of many scripts, invisible marks, and bits that readers know."""

FIELDS = (
    *(
        "id",
        "url",
        "status",
        "source",
        "direction",
        "duration",
        "format",
        "stereo",
        "name",
        "filename",
        "type",
    ),
    *(
        "createdAt",
        "startedAt",
        "endedAt",
        "originator",
        "receiver",
        "number",
        "contact",
        "size",
        "transcription",
    ),
    *(
        "callerIdName",
        "identifierValue",
        "recording_file_type",
        "created_at",
        "anonymous",
        "channelId",
        "sourceId",
    ),
)
VALUES = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        1e308,
        10**30,
        2**63,
        "",
        " ",
        "20",
        "\u001f20",
        "1:02",
        "0001-01-01T00:00:00Z",
    ),
    *(
        "2026-02-30T00:00:00Z",
        "2026-01-01T24:00:00+99:99",
        "9999-12-31T23:59:59Z",
        "incoming",
        "available",
        "\ud800",
    ),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader under trial: random input for it, and a call that raises `AssertionError` if a rule breaks."""

    name: str
    weight: int
    make: Callable[[random.Random], object]
    read: Callable[[object], object]
    documented: tuple[type[Exception], ...] = ()


def text(chance: random.Random, most: int = 24) -> str:
    """Random text of up to `most` pieces."""
    return "".join(chance.choices(PIECES, k=chance.randint(0, most)))


def value(chance: random.Random, depth: int = 0) -> object:
    """A random JSON value."""
    kind = chance.random()
    if depth < 3 and kind < 0.25:
        return {
            chance.choice(FIELDS) if chance.random() < 0.8 else text(chance, 4): value(chance, depth + 1)
            for _ in range(chance.randint(0, 6))
        }
    if depth < 3 and kind < 0.35:
        return [value(chance, depth + 1) for _ in range(chance.randint(0, 4))]
    return chance.choice(VALUES) if kind < 0.75 else text(chance, 8)


def row(chance: random.Random) -> object:
    """A random row of a provider's list, mostly an object with known fields."""
    if chance.random() < 0.05:
        return value(chance)
    return {field: value(chance, 1) for field in chance.sample(FIELDS, chance.randint(0, len(FIELDS)))}


def _recordings(given: object) -> list[Recording]:
    assert isinstance(given, list)
    found = list(birdrows.recordings(ACCOUNT, given, Counter()))
    alone = {birdrows.recording(ACCOUNT, each, 0, Counter()).id for each in given}
    assert alone <= {each.id for each in found}, "a row was lost"
    for recording in found:
        _shown_whole(recording)
    return found


def _shown_whole(recording: Recording) -> None:
    words = (recording.name, recording.filename, recording.status, recording.kind, recording.format)
    assert not any(is_link(word) for word in words if word), "a link is shown"
    json.dumps(dict(recording.raw)).encode()
    title(recording)
    spoken(recording, "Bird", NOW, "1 of 1")
    cell_party(recording, recording.caller)
    recording.visible_text.encode()


def _prompts(given: object) -> object:
    assert isinstance(given, dict)
    found = convirzarows.prompts(ACCOUNT, given, Counter())
    for recording in found.recordings:
        _shown_whole(recording)
    return found


def _folds(given: object) -> None:
    assert isinstance(given, str)
    once = fold(given)
    assert fold(once) == once, "folding twice is another thing"
    assert fold(f"\u200b{given}\u2069") == once, "an invisible mark was compared"
    assert digits_of(given).isascii()
    looks_like_number(given)
    international(digits_of(given))


_SAMPLE = Recording(account="a", id="5b74", provider="bird", name="Łukasz O’Brien", duration=90.0)


def _queries(given: object) -> None:
    assert isinstance(given, str)
    matches(parse(given, NOW, (ACCOUNT,)).node, _SAMPLE)


def _guards(given: object) -> None:
    assert isinstance(given, str)
    cell = guarded(given)
    assert unguarded(cell) == given, "more was changed than the guard"
    assert cell.startswith("'") or not given.lstrip(" \u00a0\u200b\ufeff").startswith(tuple("=+-@")), (
        "a formula"
    )


def _names(given: object) -> None:
    assert isinstance(given, str)
    part = safe_part(given)
    assert part not in {"", ".", ".."}
    assert not set(part) & set('/\\:*?"<>|\x00'), "a sign that systems refuse"
    assert units(part) <= 255
    same_file(part)


def _templates(given: object) -> None:
    assert isinstance(given, str)
    Template.parse(given)


def _links(given: object) -> None:
    assert isinstance(given, str)
    origin(given)
    may_open(given, since="https://h.example/")
    safe_address(given)
    is_link(given)


def _logs(given: object) -> None:
    assert isinstance(given, str)
    kept = redacted(f"{given} Bearer s3cr3t-t0ken-0123456789 +31205550142")
    assert "s3cr3t" not in kept, "a token in the log"
    assert "205550142" not in kept, "a number in the log"


def _drafts(given: object) -> None:
    assert isinstance(given, str)
    for read in (
        formfield.bare,
        bird.workspace_problem,
        bird.key_problem,
        formfield.address_problem,
        bird.workspace_in,
    ):
        read(given)
    Credential.from_secret(given)


def _choices(given: object) -> None:
    assert isinstance(given, dict)
    choices.from_plain(given)


def _values(given: object) -> None:
    record = fields.Row({"x": given})
    for read in (record.text, record.identifier, record.truth, record.moment, record.seconds, record.size):
        read("x")
    kept = fields.kept(given)
    assert not is_link(json.dumps(kept, ensure_ascii=False)) or "=" in json.dumps(kept), "a link is kept"


def _json(given: object) -> object:
    return from_text(json.dumps(given), PROVIDERS)


READERS = (
    Reader("query", 30, text, _queries, (QueryError,)),
    Reader("fold", 20, text, _folds),
    Reader("date", 5, lambda c: text(c, 5), lambda given: date_span(str(given), NOW), (DateError,)),
    Reader("bird rows", 8, lambda c: [row(c) for _ in range(3)], _recordings),
    Reader("convirza rows", 6, lambda c: {text(c, 2): [row(c), row(c)], "prompts": value(c)}, _prompts),
    Reader("value", 8, value, _values),
    Reader("spreadsheet", 8, lambda c: text(c, 10), _guards),
    Reader("file name", 5, text, _names),
    Reader("template", 4, lambda c: text(c, 8), _templates, (TemplateError,)),
    Reader("link", 8, lambda c: text(c, 10), _links),
    Reader("log", 8, lambda c: text(c, 12), _logs),
    Reader("account form", 6, lambda c: text(c, 8), _drafts),
    Reader("subtitles", 4, lambda c: "WEBVTT\n\n" + text(c, 40), lambda given: subtitles(str(given))),
    Reader("settings", 3, value, _json, (ValueError,)),
    Reader("zone", 2, lambda c: text(c, 4), lambda given: zone_of(str(given))),
    Reader("export choices", 2, lambda c: {"form": value(c), "sheets": value(c)}, _choices, (ValueError,)),
)


def tried(reader: Reader, number: int, seed: int) -> list[str]:
    """Give a reader `number` inputs; the faults, each with its input."""
    chance, faults = random.Random(f"{reader.name} {seed}"), []
    for _ in range(number):
        given = reader.make(chance)
        begun = time.perf_counter()
        try:
            reader.read(given)
        except reader.documented:
            pass
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            faults.append(f"{reader.name}: {type(error).__name__}: {error}\n    {given!r}")
        if (seconds := time.perf_counter() - begun) > LONGEST:
            faults.append(f"{reader.name}: {seconds:.1f} s\n    {given!r}")
    return faults


def main(inputs: int = 100_000, seed: int = 1) -> int:
    """Try every reader; the exit code."""
    logging.disable(logging.CRITICAL)
    weights, worst = sum(reader.weight for reader in READERS), 0
    for reader in READERS:
        number = inputs * reader.weight // weights
        faults = tried(reader, number, seed)
        print(f"  {reader.name:16}{number:10} inputs{len(faults):6} faults", flush=True)
        for fault in faults[:5]:
            print(f"    {fault}")
        worst = worst or bool(faults)
    return int(worst)


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
