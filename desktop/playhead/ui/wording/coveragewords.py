"""What is known of each account, said exactly: how far it is loaded, and who filtered what."""

from datetime import datetime

from playhead.core.loading.coverage import Coverage
from playhead.ui.wording import words

_ASKED = {
    "status": "status {}",
    "direction": "{} calls",
    "from": "calls from {}",
    "to": "calls to {}",
    "channelId": "channel {}",
    "sourceId": "call {}",
    "id": "id {}",
    "startAt": "since {}",
    "endAt": "until {}",
    "type": "the kind {}",
}
"""What a provider's server was asked to filter by, by the name of the parameter."""


def account_sentences(coverage: Coverage, now: datetime, *, filtered: bool) -> str:
    """How much of an account is loaded for what is looked for; `filtered` says that something is."""
    provider = words.PROVIDERS[coverage.account.provider]
    said = [f"{coverage.account.label}: {_depth(coverage, now)}"]
    if coverage.estimate and not coverage.exhausted:
        said.append(f"About {words.count(coverage.estimate, 'recording')} more to come.")
    if coverage.narrowed:
        asked = ", ".join(_ASKED.get(name, f"{name} {{}}").format(value) for name, value in coverage.asked)
        said.append(f"{provider} itself looks for {asked}; the rest of the filter is compared here.")
    elif filtered:
        said.append(f"{provider} cannot look for this: the filter is compared with what is loaded.")
    return " ".join(said)


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
