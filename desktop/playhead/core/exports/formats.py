"""The formats of the files that describe an export: a further one is one more entry of `FORMATS`.

`papers.exportfiles.WRITERS` has a line for each. `SHA256SUMS` is always written, and `report.sha256` beside a
report.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """One kind of file that describes an export."""

    file_name: str
    label: str
    """Its name in the export dialog; the letter behind `&` is its key."""
    tip: str = ""
    """A remark on it there."""
    tells_sums: bool = False
    """It is a report, which tells the sums of all other files and is therefore written after them."""


HTML: Final = ExportFormat(
    file_name="report.html", label="Report to read and print (.&html)", tells_sums=True
)
TEXT: Final = ExportFormat(file_name="report.txt", label="The same as plain te&xt (.txt)", tells_sums=True)
XLSX: Final = ExportFormat(file_name="recordings.xlsx", label="&Workbook (.xlsx)")
CSV: Final = ExportFormat(file_name="recordings.csv", label="Table for any program (.cs&v)")
JSON: Final = ExportFormat(
    file_name="recordings.json",
    label="Everything, for programs (.&json)",
    tip="Without it, Playhead cannot open the export again.",
)
FORMATS: Final = (HTML, TEXT, XLSX, CSV, JSON)
"""All of them, in the order of the export dialog."""
