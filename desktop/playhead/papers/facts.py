"""Facts on an export: who made it, its choice and its course, and how a stranger checks it."""

from collections import Counter
from collections.abc import Iterator

from playhead.core.exports.choices import CopyForm
from playhead.core.exports.custody import Sitting
from playhead.core.exports.formats import CSV
from playhead.core.exports.report import Report, State, reason
from playhead.core.exports.sums import SUMS
from playhead.core.figures import number
from playhead.core.health.verdicts import VERDICT_WORDS, VERDICTS
from playhead.papers.exportdata import ExportData
from playhead.papers.formatting import readable, short, zone_sentence

Fact = tuple[str, str]
"""A title and a text."""

_FORMS = {CopyForm.WAV: "WAV", CopyForm.OPUS: "Opus"}
_NOT_SAID = "not said"
_UNSYNCED = (
    "The disk of the folder gives no promise that what is written to it outlasts a loss of power. Compare "
    "the files with SHA256SUMS before that disk is put away."
)
_AS_GIVEN = "The audio is byte for byte as the provider gave it: it was not converted, cut or renumbered."
_PLAIN = frozenset(".-_")

_GUARDS = (
    "In recordings.csv an apostrophe stands before every text that a spreadsheet might take for a number, a "
    "date, an amount, a truth or a formula, and within a text before such a part that follows a semicolon, a "
    "tab or a line break. To have the text as it was, take one apostrophe away at each of these places. "
    "Columns of numbers have none; their decimal sign is a full stop."
)
_LIMITS = (
    "The sums prove that nothing was altered after they were written, as long as SHA256SUMS is the one that "
    "was written then: compare its own sum with the one that was kept elsewhere, as in a letter, or have the "
    "person who made the export confirm it."
)


def summary(export: ExportData) -> str:
    """One sentence: how many recordings were chosen, and what became of them."""
    report = export.report
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
    """A remark on files that may not be audio, if there are any."""
    they = "it is" if files == 1 else "they are"
    return (f"{number(files)} kept although Playhead cannot tell whether {they} audio",) if files else ()


def facts(export: ExportData) -> Iterator[Fact]:
    """Titles and texts on the whole: its maker, its sources, its choice, its course."""
    yield from _custody(export)
    yield from _sources(export)
    yield from _outcome(export)
    yield from _trouble(export)


def _custody(export: ExportData) -> Iterator[Fact]:
    report, zone = export.report, export.report.plan.zone
    sittings = export.sittings
    last = sittings[-1] if sittings else None
    yield "Made by", report.choices.person or "not named"
    yield "Made with", export.program
    if last is not None and (last.machine.computer or last.machine.system):
        yield "Made on", _machine(last)
    yield "Began", readable(report.began, zone)
    yield "Ended", readable(report.ended, zone)
    if len(sittings) > 1:
        for at, sitting in enumerate(sittings, 1):
            yield f"Sitting {at}", _sitting(export, sitting, sittings[-1])
    yield "Times", f"{zone_sentence(report)} They are by the clock of that computer."


def _machine(sitting: Sitting) -> str:
    machine = sitting.machine
    return ", ".join(part for part in (machine.computer, machine.system) if part)


def _sitting(export: ExportData, sitting: Sitting, last: Sitting) -> str:
    """From when to when, and in what it differs from the last one."""
    zone = export.report.plan.zone
    ended = readable(sitting.ended, zone) if sitting.ended is not None else "an end that was not written down"
    who = [f"by {sitting.person or 'somebody not named'}"] if sitting.person != last.person else []
    who += [f"with {sitting.program}"] if sitting.program != last.program else []
    who += [f"on {_machine(sitting) or 'a computer not named'}"] if sitting.machine != last.machine else []
    return ", ".join([f"{readable(sitting.began, zone)} to {ended}", *who])


def _sources(export: ExportData) -> Iterator[Fact]:
    """The accounts from which all of it came."""
    plan = export.report.plan
    providers = {each.recording.account: str(each.recording.provider) for each in export.report.outcomes}
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


def _outcome(export: ExportData) -> Iterator[Fact]:
    report, choices = export.report, export.report.choices
    yield "Filter", choices.query or "none"
    yield "Coverage", choices.coverage or "not stated"
    carried = sum(export.carried_over(outcome) is True for outcome in report.outcomes)
    if carried:
        yield (
            "Carried over",
            f"{number(carried)} of the kept were here from an earlier run, and are unaltered since.",
        )
    yield "Audio", f"{number(report.size)} bytes"
    yield from _health(report)
    yield "Names", f"made from {choices.template}"
    if choices.copy is not None:
        copies = sum(outcome.copy is not None for outcome in report.outcomes)
        yield "Copies", f"{number(copies)} as {_FORMS[choices.copy]}, beside the originals"
    if choices.transcripts:
        said = len(export.transcripts)
        yield "Transcripts", f"{number(said)}, as the provider wrote them down" if said else "none"
    if export.rights:
        yield "Rights", _rights(export.rights)


def _health(report: Report) -> Iterator[Fact]:
    """The number of recordings of each verdict, the worst first; nothing if none was measured."""
    found = Counter(outcome.health.verdict if outcome.health else None for outcome in report.outcomes)
    unmeasured = found.pop(None, 0)
    if not found:
        return
    parts = [f"{VERDICT_WORDS[each].lower()}: {number(found[each])}" for each in VERDICTS if found[each]]
    parts += [f"not measured: {number(unmeasured)}"] if unmeasured else []
    yield "Health of the sound", f"{', '.join(parts)}."


def _rights(rights: str) -> str:
    if rights[3:] == "---" * 2:
        return (
            f"The files were written with the rights {rights}: no other user of that computer can read them."
        )
    return (
        f"The files were written with the rights {rights}: other users of that computer can read them where "
        "the folders above let them."
    )


def _trouble(export: ExportData) -> Iterator[Fact]:
    report = export.report
    if report.cancelled:
        yield "Cancelled", "The export was cancelled; what is listed as kept is whole."
    if report.stopped is not None:
        yield "Stopped", f"The export stopped: {reason(report.stopped)}. What is listed as kept is whole."
    if report.unsynced:
        yield "Disk", _UNSYNCED
    if report.marks_failure is not None:
        yield "Missing", "Stars and notes were chosen, but could not be read."


def unaltered(export: ExportData) -> tuple[str, ...]:
    """Sentences on the files, and on the list that speaks of each."""
    sums = _sums(export)
    lists = (
        f"{sums} has a SHA-256 sum for the audio, the transcripts and the tables. Its own sum stands in this "
        f"report, of which it can therefore not speak: {export.report_sums} has the sums of the report and "
        f"of {sums}. If one bit of a file changes, its sum changes."
    )
    return _AS_GIVEN, lists


def checks(export: ExportData) -> Iterator[tuple[str, str]]:
    """Commands for a terminal that stands in the folder, by system."""
    names = [_typed(_sums(export)), _typed(export.report_sums)]
    yield "Linux", f"sha256sum -c {' '.join(names)}"
    yield "macOS", f"shasum -a 256 -c {' '.join(names)}"
    yield (
        "Windows",
        (
            f"Get-Content {', '.join(names)} -Encoding utf8 | "
            "ForEach-Object { $sum, $file = $_ -split '  ', 2; "
            'if ((Get-FileHash -LiteralPath $file).Hash -eq $sum) { "${file}: OK" } '
            'else { "${file}: FAILED" } }'
        ),
    )


def seal(export: ExportData) -> tuple[str, str] | None:
    """The sum of the list of sums, behind its name; None as long as it is not known."""
    if export.sums is None:
        return None
    return f"SHA-256 of {_sums(export)}", export.sums.sha256


def warnings(export: ExportData) -> tuple[str, ...]:
    """Sentences to read before the sums and the tables are relied on."""
    return (_LIMITS, _GUARDS) if CSV in export.report.choices.sheets else (_LIMITS,)


def _sums(export: ExportData) -> str:
    return export.sums.path if export.sums is not None else SUMS


def _typed(name: str) -> str:
    return name if all(letter.isalnum() or letter in _PLAIN for letter in name) else f'"{name}"'
