"""What an export says of itself: how it was chosen, how it went, and how to check it."""

from collections.abc import Iterator

from playhead.core.exports.choices import CopyForm, Sheet
from playhead.core.exports.report import State, reason
from playhead.core.figures import number
from playhead.papers.dossier import Dossier
from playhead.papers.wording import readable, zone_sentence

Fact = tuple[str, str]
"""What is spoken of, and what there is to say."""

UNALTERED = (
    "The audio is byte for byte as the provider gave it: it was not converted, cut or renumbered.",
    "SHA256SUMS has a SHA-256 sum for every other file here. If one bit of a file changes, its sum changes.",
)
CHECKS: tuple[tuple[str, str], ...] = (
    ("Linux", "sha256sum -c SHA256SUMS"),
    ("macOS", "shasum -a 256 -c SHA256SUMS"),
    (
        "Windows",
        (
            "Get-Content SHA256SUMS -Encoding utf8 | ForEach-Object { $sum, $file = $_ -split '  ', 2; "
            'if ((Get-FileHash -LiteralPath $file).Hash -eq $sum) { "${file}: OK" } '
            'else { "${file}: FAILED" } }'
        ),
    ),
)
"""What a person types in a terminal that stands in the folder, by system."""

_FORMS = {CopyForm.WAV: "WAV", CopyForm.OPUS: "Opus"}

_LIMITS = (
    "The sums prove that nothing was altered after they were written, as long as SHA256SUMS is the one that "
    "was written then. Keep its own sum, or have the person who made the export confirm it."
)
_GUARDS = (
    "In recordings.csv an apostrophe stands before every text that a spreadsheet might take for a number, a "
    "date, an amount, a truth or a formula, and within a text before such a part that follows a semicolon, a "
    "tab or a line break. To have the text as it was, take one apostrophe away at each of these places. "
    "Columns of numbers have none; their decimal sign is a full stop."
)


def summary(dossier: Dossier) -> str:
    """One sentence: how many recordings were chosen, and what became of them."""
    report = dossier.report
    counts = {state: len(report.of(state)) for state in State}
    total = len(report.outcomes)
    parts = [
        f"{number(counts[State.KEPT])} kept",
        f"{number(counts[State.SKIPPED])} skipped because there is no audio",
        f"{number(counts[State.FAILED])} failed",
        f"{number(counts[State.LEFT])} not reached",
    ]
    return f"{number(total)} recording{'' if total == 1 else 's'} chosen: {', '.join(parts)}."


def warnings(dossier: Dossier) -> tuple[str, ...]:
    """What a reader has to know before the sums and the sheets are relied on."""
    return (_LIMITS, _GUARDS) if Sheet.CSV in dossier.report.choices.sheets else (_LIMITS,)


def facts(dossier: Dossier) -> Iterator[Fact]:
    """What a stranger has to know of the whole."""
    report, choices = dossier.report, dossier.report.choices
    zone = report.plan.zone
    yield "Made with", dossier.program
    yield "Began", readable(report.began, zone)
    yield "Ended", readable(report.ended, zone)
    yield "Times", zone_sentence(report)
    yield "Accounts", ", ".join(sorted(set(report.plan.labels.values()))) or "not named"
    yield "Filter", choices.query or "none"
    yield "Coverage", choices.coverage or "not stated"
    present = sum(outcome.present for outcome in report.outcomes)
    if present:
        yield (
            "Present",
            f"{number(present)} of the kept were here from an earlier export, and are unaltered since.",
        )
    yield "Audio", f"{number(report.size)} bytes"
    yield "Names", f"made from {choices.template}"
    if choices.copy is not None:
        copies = sum(outcome.copy is not None for outcome in report.outcomes)
        yield "Copies", f"{number(copies)} as {_FORMS[choices.copy]}, beside the originals"
    if choices.transcripts:
        said = len(dossier.transcripts)
        yield "Transcripts", f"{number(said)}, as the provider wrote them down" if said else "none"
    yield from _trouble(dossier)


def _trouble(dossier: Dossier) -> Iterator[Fact]:
    report = dossier.report
    if report.cancelled:
        yield "Cancelled", "The export was cancelled; what is listed as kept is whole."
    if report.stopped is not None:
        yield "Stopped", f"The export stopped: {reason(report.stopped)}. What is listed as kept is whole."
    if report.marks_failure is not None:
        yield "Missing", "Stars and notes were chosen, but could not be read."
