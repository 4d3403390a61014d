"""Whether bytes of which nobody knows what they are can be heard."""

from io import BytesIO

_MORE = "asf,wv,tta,mpegts,flv,avi,eac3,dts,rm,voc,nistsphere"
"""What holds sound although Playhead does not play it."""
_FRAMES = 4
"""Noise is taken for a frame or two; what is sound goes on."""
_PACKETS = 40


class Ear:
    """A `core.likeness.judging.Listener` that asks FFmpeg, which it imports when it is first asked."""

    def recognises(self, start: bytes) -> bool:
        """Whether several frames of sound can be decoded from `start`, one after the other."""
        import av

        from playhead.sound.decoder import FORMATS

        options = {"format_whitelist": f"{FORMATS},{_MORE}", "protocol_whitelist": "none"}
        try:
            with av.open(BytesIO(start), mode="r", metadata_errors="replace", options=options) as container:
                stream = next(iter(container.streams.audio), None)
                if stream is None:
                    return False
                heard = 0
                for number, packet in enumerate(container.demux(stream)):
                    try:
                        heard += len(packet.decode())
                    except av.FFmpegError:
                        heard = 0
                    if heard >= _FRAMES or number >= _PACKETS:
                        break
                return heard >= _FRAMES
        except (av.FFmpegError, ValueError, MemoryError):
            return False
