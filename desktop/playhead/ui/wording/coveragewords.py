"""Words for the coverage of each account: how far it is loaded, and who filtered what."""

from collections.abc import Sequence
from datetime import datetime

from playhead.core.loading.coverage import Coverage
from playhead.core.provider import Providers
from playhead.ui.wording import words

_ASKED = {
    "status": "with the status {}",
    "from": "from {}",
    "to": "to {}",
    "channelId": "of the channel {}",
    "sourceId": "of the call {}",
    "id": "with the id {}",
    "type": "of the kind {}",
    "startAt": "since {}",
    "endAt": "until {}",
}
"""Which recordings a provider's server was asked for, by the name of the parameter, as one says them."""
_MOMENTS = {"startAt", "endAt"}


def line_sentences(
    coverage: Sequence[Coverage],
    accounts: Sequence[Coverage],
    now: datetime,
    providers: Providers,
    *,
    filtered: bool,
) -> list[str]:
    """Sentences on every account: `coverage` is of what is looked for, `accounts` of all there is.

    `filtered` says that something is looked for.
    """
    sought = {each.account.id: each for each in coverage}
    return [
        account_sentences(sought[whole.account.id], whole, now, providers, filtered=filtered)
        if whole.account.id in sought
        else f"{whole.account.label}: nothing that is not loaded yet can match."
        for whole in accounts
    ]


def account_sentences(
    coverage: Coverage, whole: Coverage, now: datetime, providers: Providers, *, filtered: bool
) -> str:
    """Sentences on how much of an account is loaded for a query; `filtered`: there is one.

    `whole` is what is known of all that the account has: what was asked for earlier without a filter.
    """
    provider = providers.title(coverage.account.provider)
    unasked = coverage.narrowed and not coverage.begun and whole.begun
    said = [f"{coverage.account.label}: {_depth(whole if unasked else coverage, now)}"]
    if unasked and coverage.failure is not None:
        said.append(f"Now: {words.health(coverage, now)[1]}.")
    if coverage.estimate and not coverage.exhausted:
        said.append(f"About {words.count(coverage.estimate, 'recording')} more to come.")
    if coverage.narrowed:
        looks = "can look" if unasked else "looks"
        said.append(
            f"{provider} itself {looks} for {_asked(coverage, now)};"
            " what it finds is compared with the whole filter here."
        )
    elif filtered and not coverage.exhausted:
        said.append(f"{provider} cannot look for this: the filter is compared with what is loaded.")
    return " ".join(said)


def _asked(coverage: Coverage, now: datetime) -> str:
    """`incoming recordings with the status failed, from +31205550100 and since 31 Jan 2026`."""
    asked = dict(coverage.asked)
    direction = asked.pop("direction", "")
    known = [(name, asked.pop(name)) for name in _ASKED if name in asked]
    said = [_ASKED[name].format(_moment(value, now) if name in _MOMENTS else value) for name, value in known]
    said += [f"with {name} {value}" for name, value in asked.items()]
    joined = " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)
    return f"{direction} recordings {joined}".strip()


def _moment(written: str, now: datetime) -> str:
    """A moment of RFC 3339 as the table writes it, or as it is if it is none."""
    try:
        return words.within(words.moment(datetime.fromisoformat(written), now))
    except ValueError:
        return written


def _depth(coverage: Coverage, now: datetime) -> str:
    when = f", as of {words.within(words.moment(coverage.as_of, now))}" if coverage.as_of else ""
    what = "everything that can match" if coverage.narrowed else "everything"
    read = words.count(coverage.fetched, "recording")
    if coverage.exhausted:
        return f"{what} is loaded ({read}{when})."
    state = f" Now: {words.health(coverage, now)[1]}." if coverage.failure is not None else ""
    if not coverage.begun:
        return f"nothing is loaded yet.{state}"
    if not coverage.ordered:
        return f"{read} read{when}; they do not come newest first, so any may be missing.{state}"
    if coverage.horizon is None:
        return f"{read} read{when}; more exist.{state}"
    down = words.within(words.exact_moment(coverage.horizon, now))
    return f"{what} down to {down} is loaded ({read}{when}); older ones may exist.{state}"
