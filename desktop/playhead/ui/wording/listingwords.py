"""Words for the listing: coverage of its accounts, progress, opening, selection."""

from collections.abc import Sequence
from datetime import datetime

from playhead.core.figures import number
from playhead.core.loading.coverage import Coverage
from playhead.core.provider import Providers
from playhead.core.stores import Totals
from playhead.ui.wording import words
from playhead.ui.wording.words import count, length, moment, size, within


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
    within_reach = coverage.narrowed or (coverage.exhausted and not whole.exhausted)
    depth = _depth(whole if unasked else coverage, now, partly=within_reach and not unasked)
    said = [f"{coverage.account.label}: {depth}"]
    if unasked and coverage.failure is not None:
        said.append(f"Now: {words.health(coverage, now)[1]}.")
    if coverage.estimate and not coverage.exhausted:
        said.append(f"About {words.count(coverage.estimate, 'recording')} more to come.")
    if coverage.narrowed:
        looks = "can look" if unasked else "looks"
        said.append(
            f"{provider} itself {looks} for {_asked(coverage, now, providers)};"
            " what it finds is compared with the whole filter here."
        )
    elif filtered and not coverage.exhausted:
        said.append(f"{provider} cannot look for this: the filter is compared with what is loaded.")
    return " ".join(said)


def _asked(coverage: Coverage, now: datetime, providers: Providers) -> str:
    """`incoming recordings with the status failed, from +31205550100 and since 31 Jan 2026`."""
    asked = dict(coverage.asked)
    provider = providers.get(coverage.account.provider)
    known = [each for each in provider.asked if each.parameter in asked] if provider is not None else []
    first: list[str] = []
    last: list[str] = []
    for each in known:
        value = asked.pop(each.parameter)
        said = each.words.format(_moment(value, now) if each.moment else value)
        (first if each.first else last).append(said)
    last += [f"with {name} {value}" for name, value in asked.items()]
    joined = " and ".join([", ".join(last[:-1]), last[-1]]) if len(last) > 1 else "".join(last)
    return " ".join(filter(None, [*first, "recordings", joined]))


def _moment(written: str, now: datetime) -> str:
    """A moment of RFC 3339 as the table writes it, or as it is if it is none."""
    try:
        return words.within(words.moment(datetime.fromisoformat(written), now))
    except ValueError:
        return written


def _depth(coverage: Coverage, now: datetime, *, partly: bool) -> str:
    """Sentence on how far an account is loaded; `partly`: of what can match alone."""
    when = f", as of {words.within(words.moment(coverage.as_of, now))}" if coverage.as_of else ""
    what = "everything that can match" if partly else "everything"
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


def selection_forms(
    chosen: int, totals: Totals | None, scope: str | None, *, seen: bool = True
) -> tuple[str, ...]:
    """Forms of what is selected, ever shorter; none if nothing is. Always said if none of it is `seen`.

    `scope` says what these are all of (`recordings`, `that match`, `loaded`, `loaded that match`, `shown`);
    None if they are not all. That they are only those that are loaded or shown is said even in the shortest
    form: `all 245 shown selected`.
    """
    if not chosen:
        return ("",)
    which = number(chosen) if scope is None else f"all {number(chosen)} {scope}"
    limits = [word for word in (scope or "").split()[:1] if word in {"loaded", "shown"}]
    brief = number(chosen) if scope is None else " ".join(["all", number(chosen), *limits])
    out = "" if seen else ", not in view"
    begin = f"{which} selected{out}"
    exactly, roughly = (_sums(totals, exactly=each) for each in (True, False))
    forms = [" · ".join((begin, *sums)) for sums in (exactly, roughly, roughly[:1], [])]
    return tuple(dict.fromkeys([*forms, f"{brief} selected{out}"]))


def _sums(totals: Totals | None, *, exactly: bool) -> list[str]:
    """Length and size; `at least` if they are not known of all, and with `exactly` of how many they are."""
    if totals is None:
        return []
    said = []
    if totals.seconds:
        said.append((length(totals.seconds), totals.timed))
    if totals.bytes:
        said.append((size(totals.bytes), totals.sized))
    many = " ({} known)" if exactly else ""
    return [
        text if known >= totals.number else f"at least {text}{many.format(number(known))}"
        for text, known in said
    ]


def search_forms(read: int, seconds: float, coverage: Sequence[Coverage], now: datetime) -> tuple[str, ...]:
    """Forms of the progress of a search, ever shorter: `read` recordings came in `seconds`.

    `searching: 1 204 recordings read · 310 a second · down to 14 Mar 2025 · about 4 000 to come`, then the
    same from `1 204 read` on, then both without the last parts, one after the other.
    """
    if not read:
        return ("searching…",)
    begins = (f"searching: {count(read, 'recording')} read", f"{number(read)} read")
    parts = []
    if seconds > 1:
        parts.append(f"{number(round(read / seconds))} a second")
    going = [each for each in coverage if not each.exhausted]
    depths = [each.horizon for each in going if each.horizon is not None]
    if depths:
        parts.append(f"down to {within(moment(max(depths), now))}")
    left = [each.estimate for each in going]
    to_come = sum(each for each in left if each is not None)
    if to_come and None not in left:
        parts.append(f"about {number(to_come)} to come")
    return tuple(
        " · ".join((begin, *parts[:several])) for several in range(len(parts), -1, -1) for begin in begins
    )
