"""The words of a Bird transcription, in the first of its four forms that can be used.

Source: https://docs.bird.com/api/voice-api/transcriptions-api/get-a-transcription
"""

import asyncio
import re
from dataclasses import replace

from playhead.core.errors import Garbled, Gone, Missing, ProviderError, Refused, Rejected, Unreachable
from playhead.core.links import unlinked
from playhead.core.transcript import Line, Transcript, Transcription
from playhead.providers.bird.birdworkspace import BirdWorkspace
from playhead.providers.http.answers import complaint
from playhead.providers.http.apiclient import read_whole
from playhead.providers.http.limits import TRANSCRIPT_BYTES, WHOLE_ANSWER_SECONDS
from playhead.providers.http.redirects import Link, follow, trouble
from playhead.providers.http.request import segment
from playhead.providers.reading.encodedtext import text_of
from playhead.providers.reading.parsing import parsed
from playhead.providers.reading.plainspeech import plain_speech
from playhead.providers.reading.spoken import spoken, untimed
from playhead.providers.reading.subtitles import subtitles

FORMS = ("json", "vtt", "srt", "txt")
"""Forms that are tried, in this order: the richer first."""

_HEADERS = (("Accept", "application/json, text/vtt, text/plain, */*;q=0.5"),)
_PAGE = re.compile(r"\s*(?:<!doctype|<html|<\?xml|<error)", re.IGNORECASE)


async def read_transcript(
    workspace: BirdWorkspace, transcription: Transcription, duration: float | None
) -> Transcript:
    """All of it; without lines if nothing was said. `duration` is the recording's, in seconds.

    Raises `ProviderError`: `Missing` or `Gone` if there is none of its forms.
    """
    failed: ProviderError | None = None
    answered = False
    lines: tuple[Line, ...] = ()
    untold: tuple[Line, ...] = ()
    for form in FORMS:
        try:
            text = await _text(workspace, transcription, form)
        except (Missing, Gone, Rejected, Garbled) as error:
            failed = _graver(failed, error)
            continue
        try:
            # What a megabyte says takes longer than a frame to understand.
            lines = await asyncio.to_thread(lines_in, form, text, duration)
        except ProviderError as error:
            failed = _graver(failed, error)
            untold = untold or await asyncio.to_thread(_without_times, form, text, duration)
            continue
        answered = True
        if lines:
            break
    if untold and not lines:
        lines = untold
    elif failed is not None and not answered:
        raise failed
    return Transcript(
        id=transcription.id, locale=transcription.locale, lines=lines, summary=transcription.summary
    )


def _graver(old: ProviderError | None, new: ProviderError) -> ProviderError:
    """That nothing is there is only true if all four say so."""
    return new if old is None or isinstance(old, Missing | Gone) else old


def lines_in(form: str, text: str, duration: float | None) -> tuple[Line, ...]:
    """Transcript that `text` holds in that form, less the links in it. Raises `ProviderError`."""
    return tuple(replace(line, text=unlinked(line.text)) for line in _lines(form, text, duration))


def _without_times(form: str, text: str, duration: float | None) -> tuple[Line, ...]:
    """The lines of a JSON form that does not tell when they were said; none of anything else."""
    try:
        said = parsed(text) if form == "json" else None
    except Garbled:
        return ()
    lines = () if complaint(said, {}, "") is not None else plain_speech(untimed(said), duration)
    return tuple(replace(line, text=unlinked(line.text)) for line in lines)


def _lines(form: str, text: str, duration: float | None) -> tuple[Line, ...]:
    text = text.lstrip("\ufeff")
    if _PAGE.match(text):
        raise Garbled("html")
    if form == "json":
        return _told(parsed(text), duration)
    # An error is no transcript, in whatever form it was asked for.
    if text.lstrip().startswith("{"):
        try:
            said = parsed(text)
        except Garbled:
            pass
        else:
            return _told(said, duration)
    if form == "txt":
        return plain_speech(text, duration)
    lines = subtitles(text)
    if not lines and text.strip() and not text.lstrip().startswith("WEBVTT"):
        raise Garbled("shape", "no subtitles")
    return lines


def _told(said: object, duration: float | None) -> tuple[Line, ...]:
    error = complaint(said, {}, "")
    try:
        lines = spoken(said, duration)
    except Garbled:
        if error is None:
            raise
        lines = ()
    if error is not None and not lines:
        raise error
    return lines


async def _text(workspace: BirdWorkspace, transcription: Transcription, form: str) -> str:
    """The text in that form, or where its address leads. Raises `ProviderError`."""
    path = f"/transcriptions/{segment(transcription.id)}.{form}"
    link = Link(workspace.address + path, await workspace.authorization())
    try:
        async with asyncio.timeout(WHOLE_ANSWER_SECONDS):
            stream, authorization = await follow(workspace.api, link, _HEADERS)
            try:
                if stream.status != 200:
                    raise trouble(stream, authorization)
                reply = await read_whole(stream, TRANSCRIPT_BYTES)
            finally:
                await stream.close()
    except TimeoutError:
        raise Unreachable("timeout") from None
    except Refused:
        workspace.forget()
        raise
    return await asyncio.to_thread(
        text_of, reply.body, reply.headers.get("content-type", ""), transcription.locale
    )
