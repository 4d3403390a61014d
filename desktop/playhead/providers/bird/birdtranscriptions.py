"""Transcriptions of a workspace by recording, read page by page, only as far as somebody needs them.

Bird lists transcriptions without a filter by recording, and in no documented order:
https://docs.bird.com/api/voice-api/transcriptions-api/list-transcriptions
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from playhead.core.errors import Gone, Missing, Rejected
from playhead.core.links import unlinked
from playhead.core.loading.paging import BARREN_PAGES
from playhead.core.pace import Pace
from playhead.core.recording import SILENT_STATUSES
from playhead.providers.bird.birdworkspace import BirdWorkspace
from playhead.providers.http.limits import PAGE_BYTES
from playhead.providers.reading.rawfields import Row, shown

PAGE_SIZE = 99
"""The most that List Transcriptions gives at once."""

PAGES_PER_LOOK = 10
"""Pages that are asked for at most for one recording; the next look goes on from there."""

FRESH_SECONDS = 300.0
"""Seconds for which a listing is believed when it does not hold what is looked for."""

_UNREADY = SILENT_STATUSES | {"processing", "pending", "cancelled", "canceled", "deleted", "rejected"}
_LONGEST_SUMMARY = 4000
_FIRST = ""
_UNDATED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcription:
    """That a recording was transcribed, or is being."""

    id: str
    recording: str
    ready: bool
    made: datetime
    locale: str | None
    summary: str | None


class Transcriptions:
    """The transcriptions of one workspace met so far; one page is asked for at a time, whoever wants it."""

    def __init__(self, workspace: BirdWorkspace, pace: Pace) -> None:
        self._workspace = workspace
        self._pace = pace
        self._listing = asyncio.Lock()
        self._met: dict[str, dict[str, Transcription]] = {}
        self._began: float | None = None
        self._token: str | None = None
        """Token to go on with: None at the end, "" at the top."""
        self._behind: str | None = None
        """Token at which an older, unfinished listing stopped, while the top is read again."""
        self._listed: set[str] = set()
        self._barren = 0

    async def of(self, recording: str) -> tuple[Transcription, ...]:
        """Those of a recording that are ready, newest first, as far as is known after some pages more.

        Raises `ProviderError`; what was read before it is kept.
        """
        async with self._listing:
            if not self._ready(recording):
                self._freshen()
                for _ in range(PAGES_PER_LOOK):
                    if self._token is None or self._ready(recording):
                        break
                    await self._turn_page(self._token)
            return self._ready(recording)

    def drop(self, recording: str, transcription: Transcription) -> None:
        """Forget one that turned out to be gone."""
        self._met.get(recording, {}).pop(transcription.id, None)

    def _ready(self, recording: str) -> tuple[Transcription, ...]:
        ready = [each for each in self._met.get(recording, {}).values() if each.ready]
        return tuple(sorted(ready, key=lambda each: each.made, reverse=True))

    def _freshen(self) -> None:
        """Begin at the top again if the last beginning was too long ago."""
        now = self._pace.now()
        stale = self._began is None or now - self._began >= FRESH_SECONDS
        if stale and self._behind is None:
            self._behind = self._token or None
            self._token, self._began = _FIRST, now
            self._listed.clear()
            self._barren = 0

    async def _turn_page(self, token: str) -> None:
        parameters = [("limit", str(PAGE_SIZE))]
        if token != _FIRST:
            parameters.append(("pageToken", token))
        try:
            reply = await self._workspace.get("/transcriptions", tuple(parameters), largest=PAGE_BYTES)
            page = await self._workspace.page(reply)
        except (Rejected, Missing, Gone):
            if token == _FIRST:
                raise
            # A token that is no longer taken: the listing ends here, until the next begins.
            self._token = self._behind = None
            return
        rows = [each for each in map(_transcription, page.rows) if each is not None]
        brought_news, following = self._learn(rows), page.token
        if page.trouble is not None:
            # What was read is kept; the same page is asked for the next time.
            raise page.trouble
        unlisted = {each.id for each in rows} - self._listed
        self._listed |= unlisted
        self._barren = 0 if unlisted else self._barren + 1
        if self._barren >= BARREN_PAGES:
            # A list without end, or that goes round.
            following = self._behind = None
        elif self._behind is not None and (following is None or (rows and not brought_news)):
            following, self._behind = self._behind, None
        self._token = following

    def _learn(self, rows: list[Transcription]) -> bool:
        """Keep what a page tells; whether anything of it was new."""
        brought_news = False
        for new in rows:
            known = self._met.setdefault(new.recording, {})
            brought_news |= known.get(new.id) != new
            known[new.id] = new
        return brought_news


def _transcription(row: object) -> Transcription | None:
    facts = Row(row if isinstance(row, dict) else {})
    identity, recording = facts.identifier("id"), facts.identifier("recordingId")
    if identity is None or recording is None:
        return None
    return Transcription(
        id=identity,
        recording=recording,
        # The set of statuses is not documented; one that is not known is worth a try.
        ready=(facts.text("status") or "").lower() not in _UNREADY,
        made=facts.moment("createdAt") or facts.moment("updatedAt") or _UNDATED,
        locale=facts.text("locale"),
        summary=_summary(row),
    )


def _summary(row: object) -> str | None:
    """Summary, less the links in it."""
    summary = row.get("summary") if isinstance(row, dict) else None
    return (
        shown(unlinked(summary[:_LONGEST_SUMMARY]), _LONGEST_SUMMARY) or None
        if isinstance(summary, str)
        else None
    )
