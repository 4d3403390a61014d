"""Calendar of any number of demo recordings: a monotone function of their serial, and its inverse.

Contact centres are busy by day: each hour of the week has a weight, and recordings are spread evenly over
that weight.
"""

from bisect import bisect_right
from datetime import UTC, datetime
from itertools import accumulate

_HOUR_MS = 3_600_000
_WEEK_MS = 168 * _HOUR_MS
_SPAN_WEEKS = 78
_NIGHT, _WEEKDAY, _WEEKEND = 1, 40, 8
# 1970-01-01 was a Thursday: hour 0 of this week is Thursday, midnight UTC; days 2 and 3 are the weekend.
_WEIGHTS = [
    _NIGHT if not 7 <= hour < 18 else _WEEKEND if day in (2, 3) else _WEEKDAY
    for day in range(7)
    for hour in range(24)
]
_SUMS = [0, *accumulate(_WEIGHTS)]
_MINUTES_AGO_MS = 4 * 60_000


class Calendar:
    """Serial number (0 is the oldest of `count`) to milliseconds since 1970, strictly rising, over 1.5 years.

    Serials from `count` on are recordings that came later: one a second after the newest.
    """

    def __init__(self, count: int, now: datetime, seed: int) -> None:
        self._count = count
        self._seed = seed
        self._end = int(now.timestamp() * 1000) - _MINUTES_AGO_MS
        self._start = self._end - _SPAN_WEEKS * _WEEK_MS
        self._start_weight = _weight(self._start)
        self._weight = _weight(self._end) - self._start_weight

    def millisecond(self, serial: int) -> int:
        """Moment at which recording `serial` was created, in milliseconds since 1970 UTC."""
        if serial >= self._count - 1:
            return self._end + 1000 * (serial - self._count + 1)
        share = (serial + 1 - self._wobble(serial)) / self._count
        return _moment(self._start_weight + share * self._weight)

    def first_at(self, millisecond: int, total: int) -> int:
        """The lowest serial below `total` created at or after this moment; `total` if there is none."""
        low, high = 0, total
        while low < high:
            middle = (low + high) // 2
            if self.millisecond(middle) < millisecond:
                low = middle + 1
            else:
                high = middle
        return low

    def _wobble(self, serial: int) -> float:
        """Up to 0.8 of the distance to the next one, so that gaps differ and the order stays."""
        return (mixed(self._seed ^ 0x5A17, serial) & 0xFFFF) / 0xFFFF * 0.8


def mixed(seed: int, number: int) -> int:
    """64 bits that look random and are always the same for one seed and number (splitmix64)."""
    bits = (number + 1 + seed * 0x632BE59BD9B4E019) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return bits ^ bits >> 31


def iso(millisecond: int) -> str:
    """A moment as both providers write it: UTC, milliseconds, `Z`."""
    moment = datetime.fromtimestamp(millisecond / 1000, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{millisecond % 1000:03d}Z"


def _weight(millisecond: int) -> float:
    weeks, rest = divmod(millisecond, _WEEK_MS)
    hour, inside = divmod(rest, _HOUR_MS)
    return weeks * _SUMS[-1] + _SUMS[hour] + _WEIGHTS[hour] * inside / _HOUR_MS


def _moment(weight: float) -> int:
    weeks, rest = divmod(weight, _SUMS[-1])
    hour = min(bisect_right(_SUMS, rest) - 1, 167)
    return int(weeks * _WEEK_MS + hour * _HOUR_MS + (rest - _SUMS[hour]) / _WEIGHTS[hour] * _HOUR_MS)
