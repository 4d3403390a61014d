"""What an export leaves beside its files when it has ended: sheets, with the person's stars and notes."""

from dataclasses import replace

from playhead.core.errors import ExportError
from playhead.core.exports.beside import marked
from playhead.core.exports.disk import Disk
from playhead.core.exports.needs import Papers, Said
from playhead.core.exports.report import Report
from playhead.core.exports.targetfolder import TargetFolder


async def written(
    report: Report, papers: Papers, said: Said | None, disk: Disk, program: str, target: TargetFolder
) -> Report:
    """`report` with its sheets, which `program` wrote into `target`, or with why there are none."""
    if report.choices.marks and said is not None:
        report = await marked(report, said)
    try:
        await disk.run(target.require)
        return replace(report, sheets=await disk.run(papers.write, report, program))
    except ExportError as error:
        return replace(report, sheets_failure=error)
