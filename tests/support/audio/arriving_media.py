"""Media as a download leaves it: with its length announced, or all of it here."""

from typing_extensions import override

from playhead.core.media import Media
from playhead.sound.media_reader import MediaReader


def announced(total: int, *told: str) -> Media:
    """Media of so many bytes, none of which has arrived, and whose form others call so."""
    media = Media(told)
    media.announce(total)
    return media


def arrived(content: bytes) -> Media:
    """Media that is complete."""
    media = announced(len(content))
    media.write(content)
    media.finish()
    return media


class Dripping(MediaReader):
    """Reads media of which as much has arrived as was waited for, and no more."""

    def __init__(self, content: bytes, piece: int = 16_000) -> None:
        self._all = announced(len(content))
        self._content = content
        self._piece = piece
        self._all.write(content[:piece])
        super().__init__(self._all)

    @override
    def read(self, size: int = -1) -> bytes:
        while not (self._glancing or self._all.finished) and self._all.arrived <= self.tell():
            begin = self._all.arrived
            self._all.write(self._content[begin : begin + self._piece])
            if self._all.arrived == len(self._content):
                self._all.finish()
        return super().read(size)
