"""A catalogue of as many recordings as one likes, for benchmarks: realistic, and the same every time.

`million.py PATH [NUMBER]` writes one (with the key `KEY`); `make` does it from another benchmark.
"""

import asyncio
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playhead.catalogue.store import open_catalogue
from playhead.core.page import Asked, FeedState
from playhead.core.recording import Party, Recording
from playhead.core.sentobject import sent

KEY = bytes(range(32))
NEWEST = datetime(2026, 3, 14, 12, tzinfo=UTC)
NUMBER = 1_000_000
_PAGE = 5_000

_GIVEN = (
    "Maria",
    "Zoë",
    "Sander",
    "Anouk",
    "Ibrahim",
    "Łukasz",
    "Femke",
    "Noor",
    "José",
    "Aisha",
    "Chen",
    "Olu",
)
_FAMILY = (
    "de Vries",
    "Jansen",
    "Okafor",
    "Müller",
    "Nowak",
    "García",
    "Visser",
    "Haddad",
    "Smit",
    "Wang",
    "Bakker",
)
_PROMPTS = (
    "Welcome",
    "Sales",
    "Support",
    "Closed",
    "Holiday",
    "Billing",
    "Survey question",
    "Voicemail of sales",
)
_STATUSES = ("available",) * 16 + ("failed", "absent", "ongoing", "completed")


def recordings(number: int = NUMBER) -> Iterator[Recording]:
    """Recordings of two accounts, newest first: nineteen of twenty are calls at Bird."""
    chance = random.Random(20260314)
    people = [f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}" for _ in range(5_000)]
    numbers = [f"+3120555{chance.randrange(10_000):04}{chance.randrange(100):02}" for _ in range(40_000)]
    channels = [_identifier(chance) for _ in range(40)]
    moment = NEWEST
    for place in range(number):
        moment -= timedelta(milliseconds=chance.randrange(1_000, 60_000))
        if place % 20 == 7:
            yield _prompt(chance, place, moment)
        else:
            yield _call(chance, place, moment, people, numbers, channels)


def _call(
    chance: random.Random,
    place: int,
    moment: datetime,
    people: list[str],
    numbers: list[str],
    channels: list[str],
) -> Recording:
    incoming = chance.random() < 0.6
    seconds = round(chance.lognormvariate(4.6, 1), 3)
    who = min(int(chance.expovariate(1 / 6_000)), len(numbers) - 1)
    outside = Party(number=numbers[who], identity=numbers[who], name=people[who % len(people)], line="pstn")
    ours = Party(number=numbers[-1 - who % 12], identity=numbers[-1 - who % 12], line="pstn")
    identifier, call, channel = _identifier(chance), _identifier(chance), chance.choice(channels)
    status = chance.choice(_STATUSES)
    form = "mp3" if chance.random() < 0.8 else "wav"
    started = moment - timedelta(seconds=seconds + 3)
    raw = {
        "id": identifier,
        "callId": call,
        "channelId": channel,
        "status": status,
        "direction": "incoming" if incoming else "outgoing",
        "duration": round(seconds),
        "format": form,
        "createdAt": moment.isoformat(),
        "updatedAt": moment.isoformat(),
        "startedAt": started.isoformat(),
        "originator": {"identifierKey": "phonenumber", "identifierValue": outside.number},
        "receiver": {"identifierKey": "phonenumber", "identifierValue": ours.number},
    }
    return Recording(
        account="bird",
        id=identifier,
        provider="bird",
        direction="incoming" if incoming else "outgoing",
        status=status,
        caller=outside if incoming else ours,
        callee=ours if incoming else outside,
        started=started,
        ended=started + timedelta(seconds=seconds),
        created=moment,
        updated=moment,
        duration=seconds,
        format=form,
        stereo=chance.random() < 0.6,
        transcribed=chance.random() < 0.1,
        size=round(seconds * 4_000),
        channel=channel,
        call=call,
        position=place,
        raw=sent(raw),
    )


def _prompt(chance: random.Random, place: int, moment: datetime) -> Recording:
    kind = chance.choice(("prompt", "whisper", "voicemail", "survey"))
    name = f"{chance.choice(_PROMPTS)} {chance.randrange(2_000)}"
    identifier = str(100_000 + place)
    return Recording(
        account="convirza",
        id=identifier,
        provider="convirza",
        kind=kind,
        name=name,
        filename=f"{name.lower().replace(' ', '-')}.mp3",
        created=moment,
        duration=float(chance.randrange(3, 90)),
        format="mp3",
        position=place,
        raw=sent({"id": identifier, "name": name, "type": kind, "createdAt": moment.isoformat()}),
    )


def _identifier(chance: random.Random) -> str:
    text = f"{chance.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def make(path: Path, key: bytes = KEY, number: int = NUMBER) -> None:
    """Write a catalogue of the newest `number` recordings; raises `CatalogueError`."""
    asyncio.run(_write(path, key, number))


async def _write(path: Path, key: bytes, number: int) -> None:
    store = await open_catalogue(path, key)
    loading = FeedState(account="bird", asked=Asked())
    loaded = FeedState(account="bird", asked=Asked(), exhausted=True, as_of=NEWEST)
    page = list[Recording]()
    for each in recordings(number):
        page.append(each)
        if len(page) == _PAGE:
            await store.recordings.add(page, loading)
            page.clear()
    await store.recordings.add([*page, replace(each, id="the last")], loaded)
    await store.upkeep.finished()  # the orders of columns, too
    await store.close()


if __name__ == "__main__":
    begun = time.perf_counter()
    make(Path(sys.argv[1]), number=int(sys.argv[2]) if sys.argv[2:] else NUMBER)
    print(f"{time.perf_counter() - begun:.1f} s")
