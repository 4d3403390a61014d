"""A BagIt bag (RFC 8493) around the folder of an export, which is its `data`."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TextIO

from playhead.core.errors import ExportError
from playhead.core.exports.choices import BAG_DATA
from playhead.core.exports.diskaccess import NoRegularFile, opened, translated
from playhead.core.exports.files import Kept, PartFile, files_in, parts_of
from playhead.core.exports.naming import visible
from playhead.papers.exportdata import ExportData
from playhead.papers.facts import summary
from playhead.papers.formatting import local
from playhead.papers.outputfolder import write_text

_AGENT = "Bag-Software-Agent: "
_INFO = "bag-info.txt"
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_TAGS = ("bagit.txt", _INFO, "manifest-sha256.txt")
_LARGEST = 1_000_000
"""Bytes of a tag file that are read to see whose it is."""
_TAG_SUMS = "tagmanifest-sha256.txt"
_ESCAPES = str.maketrans({"%": "%25", "\n": "%0A", "\r": "%0D"})


def write_bag(export: ExportData, known: Iterable[Kept]) -> tuple[Kept, ...]:
    """Write the tag files of the bag beside the folder of the export, which has to be called `data`.

    Everything in `data` belongs to the payload, also what is not ours; `known` are sums that need not be made
    again. Tag files of an earlier run make way. Gives what it wrote. Raises `ExportError`: `inway` if the
    folder above is somebody else's bag.
    """
    data = export.report.plan.folder
    if data.name != BAG_DATA:
        raise ExportError("inway", "the folder of a bag's audio is not called data")
    bag = data.parent
    ours = _ours(bag)
    with translated():
        payload = sorted(_payload(data, {kept.path: kept for kept in known}), key=lambda kept: kept.path)
    writing: Mapping[str, Callable[[TextIO], None]] = {
        # What tells that the others are ours comes first.
        _INFO: lambda file: file.writelines(_info(export, payload)),
        "manifest-sha256.txt": partial(_write_manifest, payload, f"{BAG_DATA}/"),
        "bagit.txt": lambda file: file.writelines([_DECLARATION]),
    }
    for part in (part for name in (*_TAGS, _TAG_SUMS) for part in parts_of(bag, name)):
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    tags = [_keep(PartFile(bag, name, replace=ours), write) for name, write in writing.items()]
    return (*tags, _keep(PartFile(bag, _TAG_SUMS, replace=ours), partial(_write_manifest, tags, "")))


def _ours(bag: Path) -> bool:
    """True if the tag files in `bag` are Playhead's; raises `ExportError` if there are others."""
    present = [name for name in (*_TAGS, _TAG_SUMS) if os.path.lexists(bag / name)]
    if not present:
        return False
    try:
        with opened(bag, _INFO) as info:
            mine = f"{_AGENT}Playhead".encode() in info.read(_LARGEST)
    except OSError:
        mine = False
    if not mine:
        raise ExportError("inway", "a bag of another program")
    return True


def _payload(data: Path, known: Mapping[str, Kept]) -> Iterator[Kept]:
    """Every file in the folder; links and pipes, which hold nothing, are none."""
    for path in files_in(data):
        kept = known.get(path)
        if kept is None:
            try:
                with opened(data, path) as file:
                    kept = Kept(
                        path, os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()
                    )
            except NoRegularFile:
                continue
        yield kept


def _info(export: ExportData, payload: Iterable[Kept]) -> Iterator[str]:
    report = export.report
    files = list(payload)
    ended = local(report.ended, report.plan.zone) or report.ended
    description = [summary(export), f"Coverage: {report.choices.coverage or 'not stated'}"]
    description += [f"Filter: {report.choices.query}"] if report.choices.query else []
    yield f"{_AGENT}{visible(export.program)}\n"
    yield f"Bagging-Date: {ended:%Y-%m-%d}\n"
    yield f"Payload-Oxum: {sum(kept.size for kept in files)}.{len(files)}\n"
    yield f"External-Description: {visible(' '.join(description))}\n"


def _write_manifest(files: Iterable[Kept], prefix: str, file: TextIO) -> None:
    file.writelines(f"{kept.sha256}  {prefix}{kept.path.translate(_ESCAPES)}\n" for kept in files)


def _keep(part: PartFile, write: Callable[[TextIO], None]) -> Kept:
    try:
        write_text(part, write)
        return part.keep()
    finally:
        part.discard()
