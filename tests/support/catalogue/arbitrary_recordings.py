"""Recordings and queries of any shape, for tests that say what holds for all of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from playhead.catalogue.orders import COLUMNS
from playhead.core.finding import fields
from playhead.core.finding.matching import HEALTH_MEASURES
from playhead.core.finding.query import (
    All,
    Clocked,
    ClockUnit,
    Either,
    Flag,
    Is,
    Match,
    Measure,
    Node,
    Not,
    Number,
    Order,
    Span,
    Spoken,
    Way,
    Word,
)
from playhead.core.finding.speech import words_in
from playhead.core.health.audiofigures import AudioFigures, NoLoudness
from playhead.core.marks import Spans
from playhead.core.recording import Party, Recording
from playhead.core.text import digits_of, fold
from playhead.core.timeline.offsets import changes
from playhead.core.transcript import Side
from support.health.figures_examples import figures, side
from support.hypothesis_profiles import tries as usual_tries

LETTERS = (
    "abAB eéÉßİﬁÅø陳大🎧\u0301%_\"'*?[]^\\-(): 0123+\n\t\0"
    "łŁıIæΣςάЁйи\u0306かが\u3099कि\u094dחָ\u05bcﾊﾟ“”„«»’`´‑–—−＂（：，≥…\u00a0\u3000\u00ad\u200b\u200d\u202a\u202c\ufeff"
    "\ufe0f\u034f\u3164\U000e0041\ud800\ufffe\uffff\x01\x85\u2028１٣३ａＡ½"
)
ACCOUNTS = ("first", "Second", "drïtte")


def tries(number: int) -> settings:
    """So many tries in the usual profile, always the same ones.

    Each is a catalogue, so making a failing example small takes minutes: add `Phase.shrink` when needed.
    """
    return settings(
        usual_tries(number),
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


texts = st.text(st.sampled_from(LETTERS), max_size=8)
maybe_texts = st.none() | texts
moments = st.datetimes(timezones=st.just(UTC)) | st.integers(0, 3).map(
    lambda day: datetime(2026, 3, 1 + day, tzinfo=UTC)
)
seconds = st.none() | st.floats(-10, 400, allow_nan=False) | st.integers(0, 3).map(float)

parties = st.builds(
    Party,
    number=st.none()
    | st.sampled_from(
        ("+31 20 555 0123", "0031205550124", "15550100", "anonymous", "", "+31205550123;ext=12")
    )
    | st.sampled_from(
        ("#31#0612345678", "sip:1001@10.20.30.40", "5b74ee", "+31 20 / +32 20", "\u202a+3120\u202c")
    )
    | texts,
    identity=st.none() | st.sampled_from(("+31205550123", "sip:a@b", "sip:+31205550123@192.0.2.1", "")),
    name=maybe_texts,
    country=st.none() | st.just("NL"),
    line=st.none() | st.just("pstn"),
    contact=maybe_texts,
    anonymous=st.booleans(),
)
raw_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts, lambda inner: st.lists(inner, max_size=2), max_leaves=3
)
recordings = st.builds(
    Recording,
    account=st.sampled_from(ACCOUNTS),
    id=texts,
    provider=st.sampled_from(("bird", "convirza")),
    kind=st.sampled_from(("call", "voicemail", "Prömpt", "")),
    direction=st.none() | st.sampled_from(("incoming", "outgoing")),
    status=st.none() | st.sampled_from(("available", "Failed", "ongoing")),
    name=maybe_texts,
    filename=maybe_texts,
    caller=st.none() | parties,
    callee=st.none() | parties,
    started=st.none() | moments,
    ended=st.none() | moments,
    created=st.none() | moments,
    updated=st.none() | moments,
    duration=seconds,
    format=st.none() | st.sampled_from(("mp3", "WAV")),
    stereo=st.none() | st.booleans(),
    transcribed=st.none() | st.booleans(),
    size=st.none() | st.integers(0, 2**62),
    channel=maybe_texts,
    call=maybe_texts,
    conference=maybe_texts,
    origin=maybe_texts,
    creator=maybe_texts,
    position=st.integers(0, 5),
    fault=maybe_texts,
    raw=st.dictionaries(texts, raw_values, max_size=2),
)
pages = st.lists(recordings, max_size=8, unique_by=lambda recording: recording.key)


@dataclass(frozen=True)
class Made:
    """What a person makes of a recording, and what was said in it."""

    starred: bool
    heard: Spans
    notes: tuple[str, ...]
    lines: tuple[str, ...] | None
    exported: bool = False
    gone: bool = False
    figures: AudioFigures | None = None
    digest: bytes = b""


COMPARED = tuple(
    each
    for field in fields.FIELDS.values()
    for each in (field, field.value)
    if each is not None and each.columns
)
"""The fields that are compared with patterns."""

# Quarters of a second are kept exactly.
edges = st.integers(0, 1600).map(lambda quarters: quarters / 4) | st.integers(0, 3).map(float)
steps = st.integers(0, 4).map(lambda quarters: quarters / 4)
sides = st.builds(
    side,
    peak=st.integers(-4, 1).map(float),
    clipped=st.just(0.0) | steps,
    talk=steps,
)
measures = st.builds(
    figures,
    channels=st.lists(sides, max_size=2).map(tuple),
    loudness=st.sampled_from((*NoLoudness, -60.0, -39.0, -24.0, -10.0)),
    silence=steps,
    seconds=st.integers(0, 400).map(float),
    likeness=st.none() | steps,
)
"""Figures of few values, so that some recordings have the same."""
speech = st.lists(
    st.sampled_from(("no", "Now", "nówhere", "退款", "退", "款", "คืนเงิน", "हिंदी", "no_now", "½", "don't")),
    max_size=5,
).map(" ".join)
"""Words of several scripts, that are often alike."""
made = st.builds(
    Made,
    starred=st.booleans(),
    heard=st.lists(st.tuples(edges, edges), max_size=2).map(Spans.of),
    notes=st.lists(texts, max_size=2).map(tuple),
    lines=st.none() | st.lists(texts | speech, max_size=5).map(tuple),
    exported=st.booleans(),
    gone=st.booleans(),
    figures=st.none() | measures,
    digest=st.sampled_from((b"", b"one", b"two")),
)
clocks = st.sampled_from(
    [changes(ZoneInfo(each)) for each in ("Europe/Amsterdam", "America/Denver")] + [((0, 0),)]
)
orders = st.builds(
    Order,
    st.sampled_from(("started", "account", "starred", "heard", "exported", "gone", "nonsense", *COLUMNS)),
    st.booleans(),
)


def nodes(page: Sequence[Recording], marked: Sequence[Made] = ()) -> st.SearchStrategy[Node]:
    """Trees that speak of what is in `page`, so that some recordings match and some do not."""
    written = [line for recording in page for line in recording.visible_text.split("\n")] or [""]
    written += [fold(text) for each in marked for text in (*each.notes, *(each.lines or ()))]
    pieces = st.builds(
        lambda text, start, length: text[start : start + length],
        st.sampled_from(written),
        st.sampled_from((0, 0, 1, 2)),
        st.sampled_from((1, 2, 3, 4, 50)),
    )
    patterns = pieces | texts.map(fold)
    spoken = [text for each in marked for text in each.lines or ()]
    phrases = (
        st.tuples(st.sampled_from(spoken or ["no"]) | speech, st.integers(0, 3), st.integers(1, 3))
        .map(lambda chosen: tuple(words_in(chosen[0])[chosen[1] : chosen[1] + chosen[2]]))
        .filter(bool)
    )
    wild = st.lists(patterns, min_size=1, max_size=3).map("*".join)
    digits = st.sampled_from(("", "31", "205550123", "0100", "555", "2055501", "99")) | patterns.map(
        digits_of
    )
    ends = st.none() | st.floats(0, 300) | st.sampled_from([float(number) for number in range(4)])
    stamps = [each.moment.timestamp() for each in page if each.moment] or [0.0]
    shares = [each.heard.share(recording.duration) for recording, each in zip(page, marked, strict=False)]
    parts = st.none() | st.sampled_from([*shares, 0.0, 0.5, 1.0]).flatmap(
        lambda share: st.sampled_from((share, math.nextafter(share, 2)))
    )
    levels = st.none() | st.sampled_from((-60.0, -24.0, -3.0, 0.0, 0.25, 0.5, 1.0, 4.0, 9.0, 100.0))
    dates = st.none() | st.sampled_from(stamps) | st.sampled_from(stamps).map(lambda stamp: stamp + 1e-6)
    plain_ways = st.sampled_from((Way.WHOLE, Way.PART, Way.START))
    leaves: st.SearchStrategy[Node] = st.one_of(
        st.builds(Word, patterns, digits, st.lists(st.sampled_from(ACCOUNTS), max_size=2).map(tuple)),
        st.builds(Word, patterns),
        st.builds(Match, st.sampled_from(COMPARED), patterns, plain_ways),
        st.builds(Match, st.sampled_from(COMPARED), wild, st.just(Way.WILD)),
        st.builds(Match, st.just(fields.ACCOUNT), st.sampled_from(ACCOUNTS).map(fold), st.just(Way.WHOLE)),
        st.builds(Number, st.sampled_from((fields.FROM, fields.TO, fields.WITH)), digits, plain_ways),
        st.builds(
            Number,
            st.sampled_from((fields.FROM, fields.TO, fields.WITH)),
            digits.map(lambda found: f"{found}*"),
            st.just(Way.WILD),
        ),
        st.builds(Span, st.just(Measure.DURATION), ends, ends),
        st.builds(Span, st.just(Measure.SIZE), ends, ends),
        st.builds(Span, st.just(Measure.DATE), dates, dates),
        st.builds(Span, st.just(Measure.HEARD), parts, parts),
        st.builds(Clocked, st.just(ClockUnit.HOUR), st.integers(0, 23), st.integers(0, 23), clocks),
        st.builds(Clocked, st.just(ClockUnit.WEEKDAY), st.integers(0, 6), st.integers(0, 6), clocks),
        st.builds(Span, st.sampled_from(tuple(HEALTH_MEASURES)), levels, levels),
        st.builds(Match, st.just(fields.NOTE), patterns, plain_ways),
        st.builds(Match, st.just(fields.SAME), patterns, plain_ways),
        st.builds(Is, st.sampled_from(Flag)),
        st.builds(Spoken, phrases, st.booleans(), st.none() | st.sampled_from(Side)),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(All, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Either, st.lists(inner, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )
