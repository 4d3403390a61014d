"""Links to the media host: signed ones that expire, as S3 gives them, and plain ones that can be ended."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

_STAMP = "%Y%m%dT%H%M%SZ"


class Links:
    """Makes and checks links to the media host at `origin`; signed ones live `seconds` of the real clock."""

    def __init__(self, origin: str, seconds: float, seed: int) -> None:
        self._origin = origin
        self._seconds = seconds
        self._key = f"demo signing key {seed}".encode()
        self._batch = 0
        self._edition = 0

    def signed(self, path: str) -> str:
        """A link to `path` (unquoted, from the slash) that answers GET until it expires."""
        quoted = quote(path)
        query = {
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Credential": "DEMO/eu-west-1/s3/aws4_request",
            "X-Amz-Date": datetime.fromtimestamp(time.time(), UTC).strftime(_STAMP),
            "X-Amz-Expires": f"{self._seconds:g}",
            "X-Amz-Security-Token": f"demo-{self._batch}",
            "X-Amz-SignedHeaders": "host",
            "x-id": "GetObject",
        }
        signature = self._signature(path, query)
        return f"{self._origin}{quoted}?{urlencode({**query, 'X-Amz-Signature': signature})}"

    def is_genuine(self, method: str, path: str, query: Mapping[str, str]) -> bool:
        """Tell whether this request is the one that was signed: a GET of this path with this query."""
        rest = {name: value for name, value in query.items() if name != "X-Amz-Signature"}
        given = query.get("X-Amz-Signature", "")
        return method == "GET" and given == self._signature(path, rest)

    def has_expired(self, query: Mapping[str, str]) -> bool:
        """Tell whether a genuine link is past its time, or older than the last `expire`."""
        signed = datetime.strptime(query["X-Amz-Date"], _STAMP).replace(tzinfo=UTC).timestamp()
        late = time.time() >= signed + float(query["X-Amz-Expires"])
        return late or query["X-Amz-Security-Token"] != f"demo-{self._batch}"

    def expire(self) -> None:
        """Ends the life of all signed links given so far."""
        self._batch += 1

    def plain(self, number: int, name: str) -> str:
        """A link to the file `name` of prompt `number` without a visible signature."""
        return f"{self._origin}/recordings/{number}-{self._token(number)}/{quote(name)}"

    def is_current(self, number: int, token: str) -> bool:
        """Tell whether a plain link's token was given after the last `withdraw`."""
        return token == self._token(number)

    def withdraw(self) -> None:
        """Ends the life of all plain links given so far."""
        self._edition += 1

    def _token(self, number: int) -> str:
        return self._digest(f"{number}/{self._edition}")[:20]

    def _signature(self, path: str, query: Mapping[str, str]) -> str:
        return self._digest("\n".join(("GET", path, urlencode(sorted(query.items())))))

    def _digest(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
