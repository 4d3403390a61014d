"""How a recording is to be heard: one frozen value that every stage of the path reads."""

from dataclasses import dataclass

Matrix = tuple[tuple[float, float], tuple[float, float]]

SLOWEST = 0.5
FASTEST = 3.0
SILENCE: Matrix = ((0.0, 0.0), (0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Settings:
    """Speed (pitch is kept), volume, and what of the two channels reaches which ear.

    `speed` is 0.5 to 3, `volume` is 0 to 1 as a slider shows it, `level` is the gain that makes the recording
    as loud as others, `left` and `right` are gains of its channels. `rewind` is how many seconds playing goes
    back after a pause that was not short. `channels` is `both`, or `left` or `right` to hear one alone, on
    both ears; `mono` puts both on both ears; `swap` exchanges the ears. Raises `ValueError` for what cannot
    be played.
    """

    speed: float = 1.0
    volume: float = 1.0
    level: float = 1.0
    left: float = 1.0
    right: float = 1.0
    channels: str = "both"
    mono: bool = False
    swap: bool = False
    rewind: float = 1.0

    def __post_init__(self) -> None:
        if not SLOWEST <= self.speed <= FASTEST:
            raise ValueError(f"speed {self.speed} is not within {SLOWEST} and {FASTEST}")
        if not 0 <= self.volume <= 1:
            raise ValueError(f"volume {self.volume} is not within 0 and 1")
        if not all(0 <= gain <= 16 for gain in (self.left, self.right, self.level)):
            raise ValueError("a gain is not within 0 and 16")
        if not 0 <= self.rewind <= 60:
            raise ValueError(f"rewind {self.rewind} is not within 0 and 60")
        if self.channels not in {"both", "left", "right"}:
            raise ValueError(f"channels {self.channels!r} is none of both, left, right")

    def matrix(self, channels: int) -> Matrix:
        """What each ear (row) hears of the left and the right channel (column).

        A recording of one channel comes as two equal ones; it is heard on both ears whatever is soloed.
        """
        loudness = self.volume**3 * self.level
        left, right = loudness * self.left, loudness * self.right
        if channels == 1:
            single = max(left, right)
            return (single, 0.0), (0.0, single)
        if self.channels == "left":
            return (left, 0.0), (left, 0.0)
        if self.channels == "right":
            return (0.0, right), (0.0, right)
        if self.mono:
            return (left / 2, right / 2), (left / 2, right / 2)
        if self.swap:
            return (0.0, right), (left, 0.0)
        return (left, 0.0), (0.0, right)
