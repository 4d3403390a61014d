"""Draws the application icon: PNG files of each size for menus, and the forms that Windows and macOS want.

    python packaging/render_icons.py FOLDER     writes FOLDER/hicolor/<size>x<size>/apps/playhead.png,
                                                FOLDER/playhead.ico and FOLDER/playhead.icns

Run in the environment that has Qt: other renderers draw other pixels, or none without a word.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256)
PROGRAM_ICONS = {"playhead.ico": 256, "playhead.icns": 512}
"""What is put into a program, and its size in points."""


def render(source: Path, folder: Path) -> None:
    """Draw `source`, a square SVG, in every size. Raises `ValueError` if it is no SVG, `OSError`."""
    drawing = QSvgRenderer(str(source))
    if not drawing.isValid():
        raise ValueError(f"{source} is not an SVG that Qt can draw")
    targets = {folder / "hicolor" / f"{size}x{size}" / "apps" / "playhead.png": size for size in SIZES}
    targets |= {folder / name: size for name, size in PROGRAM_ICONS.items()}
    for target, size in targets.items():
        picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(0)
        painter = QPainter(picture)
        drawing.render(painter, QRectF(0, 0, size, size))
        painter.end()
        target.parent.mkdir(parents=True, exist_ok=True)
        if not picture.save(str(target)):
            raise OSError(f"cannot write {target}")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv)
    render(Path(__file__).parent.parent / "resources" / "icons" / "playhead.svg", Path(sys.argv[1]))
