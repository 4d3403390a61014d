"""Reach of a page into the past, and of a feed with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from playhead.core.page import FeedState, Page
from playhead.core.recording import Recording


def further(state: FeedState, page: Page, above: datetime | None) -> FeedState:
    """Horizon of a feed once `page` is stored, which follows a page that went down to `above`."""
    moments = [recording.moment for recording in page.recordings if recording.moment is not None]
    listed = [each for each in map(listed_at, page.recordings) if each is not None]
    ordered = _falls(moments) or _falls(listed)
    if above is not None and moments and moments[0] > above:
        ordered = False
    return replace(
        state,
        cursor=page.cursor,
        exhausted=page.cursor is None,
        horizon=min([*listed, *([state.horizon] if state.horizon else [])], default=None),
        ordered=state.ordered and ordered,
        fetched=state.fetched + len(page.recordings),
        as_of=state.as_of or page.as_of,
    )


def listed_at(recording: Recording) -> datetime | None:
    """The later of start and creation.

    Which of the two a provider sorts by is its secret; they differ by the blink or the call between them, and
    whichever it is, what comes later in the list is not newer than this.
    """
    return max((each for each in (recording.started, recording.created) if each is not None), default=None)


def oldest_of(recordings: Sequence[Recording]) -> datetime | None:
    """Moment of the oldest of them; None if none has a date."""
    return min((each for each in map(listed_at, recordings) if each is not None), default=None)


def _falls(moments: Sequence[datetime]) -> bool:
    return all(earlier >= later for earlier, later in pairwise(moments))
