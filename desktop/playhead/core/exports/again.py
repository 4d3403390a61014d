"""Going on with an old export: what is missing or new goes into its folder, its papers speak of all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from playhead.core.exports.audit import PastExport
from playhead.core.exports.choices import Choices, Taken
from playhead.core.exports.custody import Origin
from playhead.core.exports.files import Kept
from playhead.core.exports.naming import PART_BYTES
from playhead.core.exports.plan import Plan, plan
from playhead.core.exports.report import Outcome, State
from playhead.core.exports.template import NO_EXTENSIONS
from playhead.core.recording import Recording

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Plan, choices and outcomes with which an earlier export goes on."""

    plan: Plan
    choices: Choices
    done: Mapping[int, Outcome]
    """What stands, by its place in the plan."""
    replaces: tuple[Kept, ...]
    """The papers that make way."""


def again(  # noqa: PLR0913 - all but the first are options, each with its name
    past: PastExport,
    wanted: Sequence[Recording],
    choices: Choices,
    *,
    labels: Mapping[str, str],
    origins: Mapping[str, Origin] | None = None,
    existing: Collection[str],
    lost: Mapping[Key, str] | None = None,
    longest: int = PART_BYTES,
    extensions: Mapping[str, str] = NO_EXTENSIONS,
) -> Again:
    """Plan the recordings of `past` and those that are `wanted` as one export; raises `TemplateError`.

    Of those that `past` has, the wanted ones are fetched unless their file is intact; the others are left as
    they are. `lost` says why the file of one is not there, or not as it was, and is not fetched. `existing`
    are the relative paths in the folder, whose disk takes names of `longest` bytes. Names that were given
    stay; the others are made by `choices`, and by `extensions` as for `plan`. The query stays that of `past`;
    the coverage tells of both.
    """
    fresh = {recording.key: recording for recording in wanted}
    lost = lost or {}
    keys = past.keys
    recordings = [
        each.recording if each.sha256 else fresh.get(each.recording.key, each.recording)
        for each in past.outcomes
    ]
    added = [recording for recording in wanted if recording.key not in keys]
    recordings += added
    concerned = {recording.account for recording in recordings}
    made = plan(
        recordings,
        past.folder,
        template=choices.template,
        labels={
            **past.labels,
            **{account: label for account, label in labels.items() if account in concerned},
        },
        zone=past.zone,
        existing=existing,
        taken=Taken.KEEP,
        known=past.audio,
        doubted=past.doubted,
        longest=longest,
        extensions=extensions,
    )
    done: dict[int, Outcome] = {}
    for place, outcome in enumerate(past.outcomes):
        key = outcome.recording.key
        if key in lost:
            done[place] = Outcome(recording=outcome.recording, state=State.FAILED, why=lost[key])
        elif key not in fresh:
            done[place] = replace(outcome, present=outcome.state.has_file)
    return Again(
        plan=replace(
            made,
            origins={
                **past.origins,
                **{account: each for account, each in (origins or {}).items() if account in concerned},
            },
        ),
        choices=replace(
            choices,
            taken=Taken.KEEP,
            bag=past.choices.bag,
            query=past.choices.query,
            coverage=_coverage(past.choices.coverage, choices.coverage, len(added)),
        ),
        done=done,
        replaces=past.replaces,
    )


def _coverage(before: str, now: str, added: int) -> str:
    """Coverage of recordings that were chosen at two times."""
    if not added:
        return before
    if now == before:
        return f"{before} {added} more were added later."
    return f"{before} {added} more were added later: {now}"
