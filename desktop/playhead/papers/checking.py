"""How a stranger checks an export, and what its tables do to text."""

from collections.abc import Iterator

from playhead.core.exports.formats import CSV
from playhead.core.exports.sums import SUMS
from playhead.papers.dossier import Dossier

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


def unaltered(dossier: Dossier) -> tuple[str, ...]:
    """What the files are, and which list speaks of which."""
    sums = _sums(dossier)
    lists = (
        f"{sums} has a SHA-256 sum for the audio, the transcripts and the tables. Its own sum stands in this "
        f"report, of which it can therefore not speak: {dossier.report_sums} has the sums of the report and "
        f"of {sums}. If one bit of a file changes, its sum changes."
    )
    return _AS_GIVEN, lists


def checks(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """What a person types in a terminal that stands in the folder, by system."""
    names = [_typed(_sums(dossier)), _typed(dossier.report_sums)]
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


def seal(dossier: Dossier) -> tuple[str, str] | None:
    """What the sum of the list of sums is called, and the sum; None as long as it is not known."""
    if dossier.sums is None:
        return None
    return f"SHA-256 of {_sums(dossier)}", dossier.sums.sha256


def warnings(dossier: Dossier) -> tuple[str, ...]:
    """What a reader has to know before the sums and the sheets are relied on."""
    return (_LIMITS, _GUARDS) if CSV in dossier.report.choices.sheets else (_LIMITS,)


def _sums(dossier: Dossier) -> str:
    return dossier.sums.path if dossier.sums is not None else SUMS


def _typed(name: str) -> str:
    return name if all(letter.isalnum() or letter in _PLAIN for letter in name) else f'"{name}"'
