"""The outline of a recording's sound, for drawing. Plain bytes: neither numpy nor FFmpeg is imported."""

import struct
import zlib
from dataclasses import dataclass

_HEAD = struct.Struct("<4sHHd?I")
_MARK = b"PHP1"


@dataclass(frozen=True, slots=True)
class Peaks:
    """The loudest sample of every `1 / per_second` of a recording, per channel, from 0 (silence) to 255.

    All channels are equally long. `duration` counts what was decoded, in seconds; `complete` says that
    nothing more will come.
    """

    per_second: int
    channels: tuple[bytes, ...]
    duration: float
    complete: bool

    def to_bytes(self) -> bytes:
        """A compact form to be kept."""
        length = len(self.channels[0]) if self.channels else 0
        head = _HEAD.pack(_MARK, self.per_second, len(self.channels), self.duration, self.complete, length)
        return head + zlib.compress(b"".join(self.channels))

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Peaks":
        """Read what `to_bytes` gave. Raises `ValueError` if it is anything else."""
        try:
            mark, per_second, count, duration, complete, length = _HEAD.unpack_from(kept)
            outline = zlib.decompress(kept[_HEAD.size :])
        except (struct.error, zlib.error) as error:
            raise ValueError("not the peaks of a recording") from error
        if mark != _MARK or len(outline) != count * length:
            raise ValueError("not the peaks of a recording")
        channels = tuple(outline[index * length : (index + 1) * length] for index in range(count))
        return cls(per_second, channels, duration, complete)
