"""List of the transcriptions of a workspace, page by page.

Bird lists transcriptions without a filter by recording, and in no documented order:
https://docs.bird.com/api/voice-api/transcriptions-api/list-transcriptions
"""

from playhead.core.links import unlinked
from playhead.core.recording import SILENT_STATUSES
from playhead.core.transcript import Transcription, TranscriptionPage
from playhead.providers.bird.birdworkspace import BirdWorkspace
from playhead.providers.http.limits import PAGE_BYTES
from playhead.providers.reading.rawfields import Row, shown

PAGE_SIZE = 99
"""The most that List Transcriptions gives at once."""

_UNREADY = SILENT_STATUSES | {"processing", "pending", "cancelled", "canceled", "deleted", "rejected"}
_LONGEST_SUMMARY = 4000


async def read_page(workspace: BirdWorkspace, token: str | None) -> TranscriptionPage:
    """One page; the first without a token. Raises `ProviderError`."""
    parameters = [("limit", str(PAGE_SIZE))]
    if token is not None:
        parameters.append(("pageToken", token))
    reply = await workspace.get("/transcriptions", tuple(parameters), largest=PAGE_BYTES)
    page = await workspace.page(reply)
    rows = (_transcription(row) for row in page.rows)
    return TranscriptionPage(
        transcriptions=tuple(each for each in rows if each is not None),
        cursor=page.token,
        trouble=page.trouble,
    )


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
        made=facts.moment("createdAt") or facts.moment("updatedAt"),
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
