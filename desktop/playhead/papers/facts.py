"""What an export says of itself: who made it, how it was chosen, and how it went."""

from collections.abc import Iterator

from playhead.core.exports.choices import CopyForm
from playhead.core.exports.custody import Sitting
from playhead.core.exports.report import State, reason
from playhead.core.figures import number
from playhead.papers.dossier import Dossier
from playhead.papers.wording import readable, short, zone_sentence

Fact = tuple[str, str]
"""What is spoken of, and what there is to say."""

_FORMS = {CopyForm.WAV: "WAV", CopyForm.OPUS: "Opus"}
_NOT_SAID = "not said"
_UNSYNCED = (
    "The disk of the folder gives no promise that what is written to it outlasts a loss of power. Compare "
    "the files with SHA256SUMS before that disk is put away."
)


def summary(dossier: Dossier) -> str:
    """One sentence: how many recordings were chosen, and what became of them."""
    report = dossier.report
    counts = {state: len(report.of(state)) for state in State}
    total = len(report.outcomes)
    parts = [
        f"{number(counts[State.KEPT])} kept",
        *_in_doubt(counts[State.DOUBTFUL]),
        f"{number(counts[State.SKIPPED])} skipped because there is no audio",
        f"{number(counts[State.FAILED])} failed",
        f"{number(counts[State.LEFT])} not reached",
    ]
    return f"{number(total)} recording{'' if total == 1 else 's'} chosen: {', '.join(parts)}."


def _in_doubt(files: int) -> tuple[str, ...]:
    """What is said of files that may not be audio, if there are any."""
    they = "it is" if files == 1 else "they are"
    return (f"{number(files)} kept although Playhead cannot tell whether {they} audio",) if files else ()


def facts(dossier: Dossier) -> Iterator[Fact]:
    """What a stranger has to know of the whole: by whom, from where, how chosen, how it went."""
    yield from _custody(dossier)
    yield from _sources(dossier)
    yield from _outcome(dossier)
    yield from _trouble(dossier)


def _custody(dossier: Dossier) -> Iterator[Fact]:
    report, zone = dossier.report, dossier.report.plan.zone
    sittings = dossier.sittings
    last = sittings[-1] if sittings else None
    yield "Made by", report.choices.person or "not named"
    yield "Made with", dossier.program
    if last is not None and (last.machine.computer or last.machine.system):
        yield "Made on", _machine(last)
    yield "Began", readable(report.began, zone)
    yield "Ended", readable(report.ended, zone)
    if len(sittings) > 1:
        for at, sitting in enumerate(sittings, 1):
            yield f"Sitting {at}", _sitting(dossier, sitting, sittings[-1])
    yield "Times", f"{zone_sentence(report)} They are by the clock of that computer."


def _machine(sitting: Sitting) -> str:
    machine = sitting.machine
    return ", ".join(part for part in (machine.computer, machine.system) if part)


def _sitting(dossier: Dossier, sitting: Sitting, last: Sitting) -> str:
    """From when to when, and in what it differs from the last one."""
    zone = dossier.report.plan.zone
    ended = readable(sitting.ended, zone) if sitting.ended is not None else "an end that was not written down"
    who = [f"by {sitting.person or 'somebody not named'}"] if sitting.person != last.person else []
    who += [f"with {sitting.program}"] if sitting.program != last.program else []
    who += [f"on {_machine(sitting) or 'a computer not named'}"] if sitting.machine != last.machine else []
    return ", ".join([f"{readable(sitting.began, zone)} to {ended}", *who])


def _sources(dossier: Dossier) -> Iterator[Fact]:
    """What each account was, from which all of it came."""
    plan = dossier.report.plan
    providers = {each.recording.account: str(each.recording.provider) for each in dossier.report.outcomes}
    accounts = sorted({*providers, *plan.labels}, key=lambda account: (plan.labels.get(account, ""), account))
    for account in accounts:
        origin = plan.origins.get(account)
        parts = [(origin.provider if origin else providers.get(account, "")).capitalize()]
        if origin is not None:
            parts += [f"workspace {origin.workspace}"] if origin.workspace else []
            parts += [f"at {origin.address}"] if origin.address else []
        said = ", ".join(part for part in parts if part)
        label = short(plan.labels.get(account) or account)
        yield "Source", f"{label}: {said}" if said else label
    if not accounts:
        yield "Source", _NOT_SAID


def _outcome(dossier: Dossier) -> Iterator[Fact]:
    report, choices = dossier.report, dossier.report.choices
    yield "Filter", choices.query or "none"
    yield "Coverage", choices.coverage or "not stated"
    carried = sum(dossier.carried_over(outcome) is True for outcome in report.outcomes)
    if carried:
        yield (
            "Carried over",
            f"{number(carried)} of the kept were here from an earlier run, and are unaltered since.",
        )
    yield "Audio", f"{number(report.size)} bytes"
    yield "Names", f"made from {choices.template}"
    if choices.copy is not None:
        copies = sum(outcome.copy is not None for outcome in report.outcomes)
        yield "Copies", f"{number(copies)} as {_FORMS[choices.copy]}, beside the originals"
    if choices.transcripts:
        said = len(dossier.transcripts)
        yield "Transcripts", f"{number(said)}, as the provider wrote them down" if said else "none"
    if dossier.rights:
        yield "Rights", _rights(dossier.rights)


def _rights(rights: str) -> str:
    if rights[3:] == "---" * 2:
        return (
            f"The files were written with the rights {rights}: no other user of that computer can read them."
        )
    return (
        f"The files were written with the rights {rights}: other users of that computer can read them where "
        "the folders above let them."
    )


def _trouble(dossier: Dossier) -> Iterator[Fact]:
    report = dossier.report
    if report.cancelled:
        yield "Cancelled", "The export was cancelled; what is listed as kept is whole."
    if report.stopped is not None:
        yield "Stopped", f"The export stopped: {reason(report.stopped)}. What is listed as kept is whole."
    if report.unsynced:
        yield "Disk", _UNSYNCED
    if report.marks_failure is not None:
        yield "Missing", "Stars and notes were chosen, but could not be read."
