"""Writes the properties of `playhead.exe` that Windows shows, in the form that PyInstaller reads.

python packaging/windows/version.py 0.1.0 > build/version.txt
"""

from __future__ import annotations

_FORM = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1,
                    subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('CompanyName', 'The Playhead authors'),
      StringStruct('FileDescription', 'Playhead'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', 'playhead'),
      StringStruct('LegalCopyright', 'GPL-3.0-or-later'),
      StringStruct('OriginalFilename', 'playhead.exe'),
      StringStruct('ProductName', 'Playhead'),
      StringStruct('ProductVersion', '{version}'),
    ])]),
    VarFileInfo([VarStruct('Translation', [0x409, 1200])]),
  ],
)
"""


def properties(version: str) -> str:
    """Give the properties of a program of this version; raises `ValueError` if it is none."""
    numbers = [int(piece) for piece in version.split(".")]
    return _FORM.format(version=version, numbers=(*numbers, 0, 0, 0, 0)[:4])
