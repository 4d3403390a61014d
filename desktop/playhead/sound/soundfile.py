"""Files as FFmpeg opens them: what it opens, what is wrong with the rest, and what it raises."""

from collections.abc import Iterator
from contextlib import contextmanager

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import InputContainer

from playhead.core.errors import Garbled, UnplayedKind
from playhead.core.likeness.look import ENOUGH, Look, is_raw, look
from playhead.sound.media_reader import Reader
from playhead.sound.soundforms import GUESSED, OPTIONS, SoundForm, raw_form, unplayed, unplayed_inside

# Bytes by which a header would be known.
_HEADERS = 4_096
_BARE = GUESSED | {"flac", "ogg"}
"""Formats without a table of their packets: bytes that are none may be broken ones."""
FAULTS = (av.FFmpegError, ArithmeticError, BufferError, LookupError, MemoryError, OSError, ValueError)
"""What FFmpeg, PyAV and NumPy raise for a broken file; other errors are faults of the program."""


@contextmanager
def told_faults() -> Iterator[None]:
    """Turn what a broken file makes FFmpeg and what is around it raise into `Garbled("broken")`.

    Nothing of the text of an error is kept, as it may quote the file.
    """
    try:
        yield
    except FAULTS as error:
        raise Garbled("broken", type(error).__name__) from error


class SoundFile:
    """The file of one reader, which may be opened again and again."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._form = SoundForm("")
        """That by which it was opened last."""

    def container(self) -> InputContainer:
        """Open the file. Raises `Garbled` or its kind `UnplayedKind`, or the download's own failure."""
        with self._reader.glancing():
            container = self._recognised()
        if container is None and self._reader.missed:
            # An m4a that has its table of contents behind the sound.
            container = self._recognised()
        if container is None:
            raise self._reader.failure or self._refusal()
        return container

    def audio(self, container: InputContainer) -> AudioStream:
        """The first audio stream. Raises `Garbled("empty")`, or `UnplayedKind` if nothing decodes it."""
        for stream in container.streams.audio:
            if stream.codec_context is None:
                raise UnplayedKind(unplayed_inside(container.format.name))
            return stream
        raise Garbled("empty", "no audio inside")

    def decoder(self, container: InputContainer, stream: AudioStream) -> AudioCodecContext:
        """A decoder of the stream, from its beginning on: FFmpeg's choice for it, or another one.

        WORKAROUND FFmpeg wav demuxer: of a RIFX file it reads the header so, and the samples as of RIFF
        (https://trac.ffmpeg.org/ticket/2304).
        """
        told, rate = stream.codec_context, stream.codec_context.sample_rate
        if self._form.codec:
            return _decoder(self._form.codec, 2 * rate, told)
        name = told.name
        if container.format.name != "wav" or not name.endswith("le") or self._mark() != b"RIFX":
            return told
        return _decoder(f"{name.removesuffix('le')}be", rate, told)

    def nothing(self, container: InputContainer, *, failed: bool) -> Garbled:
        """Error for a file in which nothing could be decoded, though it was tried if `failed`."""
        if kind := unplayed(self._start()):
            return UnplayedKind(kind)
        if failed or (container.format.name in _BARE and self._seen().instead is None):
            return Garbled("broken", "nothing in it could be decoded")
        return Garbled("empty", "no sample")

    def _recognised(self) -> InputContainer | None:
        if is_raw(self._reader.told):
            start = self._start(_HEADERS)
            form = raw_form(self._reader.told, start, whole=len(start) < _HEADERS)
            if form is not None and (raw := self._opened(form)) is not None:
                return raw
        return self._opened(SoundForm(""))

    def _opened(self, form: SoundForm) -> InputContainer | None:
        self._reader.seek(0)
        options = {**OPTIONS, **form.options}
        if form.name:
            options["format_whitelist"] = form.name
        self._form = form
        try:
            return av.open(
                self._reader, mode="r", format=form.name or None, metadata_errors="replace", options=options
            )
        except FAULTS:
            return None

    def _start(self, size: int = ENOUGH) -> bytes:
        """The first bytes, as many as are needed to know a kind of file."""
        self._reader.seek(0)
        start = b""
        while len(start) < size and (chunk := self._reader.read(size - len(start))):
            start += chunk
        return start

    def _refusal(self) -> Garbled:
        """Error for what FFmpeg does not open."""
        start = self._start()
        if kind := unplayed(start, self._reader.told):
            return UnplayedKind(kind)
        seen = self._seen()
        if seen.instead in {"soundless", "nothing"}:
            return Garbled("empty", "no sound behind the header")
        if seen.sound is None:
            return Garbled("audio", "not a known format")
        return Garbled("broken", "cannot be opened")

    def _seen(self) -> Look:
        start = self._start()
        return look(start, whole=len(start) < ENOUGH, told=self._reader.told)

    def _mark(self) -> bytes:
        place = self._reader.tell()
        self._reader.seek(0)
        mark = self._reader.read(4)
        self._reader.seek(place)
        return mark


def _decoder(codec: str, rate: int, told: AudioCodecContext) -> AudioCodecContext:
    """A decoder for packets of which the container told another one."""
    made = av.CodecContext.create(codec, "r")
    assert isinstance(made, AudioCodecContext)
    made.sample_rate, made.layout = rate, told.layout
    return made
