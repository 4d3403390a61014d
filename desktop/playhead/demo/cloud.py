"""The demo cloud: Bird, Convirza and their media host on loopback, with recordings made on the fly."""

from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playhead.demo.audio import AudioShelf
from playhead.demo.birdapi import BirdApi
from playhead.demo.convirzaapi import ConvirzaApi
from playhead.demo.faults import Fault, Faults
from playhead.demo.ids import Ids
from playhead.demo.journal import Asked, Journal
from playhead.demo.links import Links
from playhead.demo.media import MediaHost
from playhead.demo.oauth import OAuth, Tokens
from playhead.demo.programs import api_program, media_program
from playhead.demo.prompts import Prompts
from playhead.demo.recordings import BirdRecordings
from playhead.demo.serving import Door, ServerThread

__all__ = ["Asked", "DemoCloud", "Fault", "Faults", "Journal"]


class DemoCloud:
    """Two providers with `bird` and `convirza` recordings, the same ones for one `seed` and `now`.

    `resources` is the folder with `audio.json`. Signed links live `link_seconds`. The newest recording is
    some minutes older than `now` (default: this moment). The addresses are known once it is made; it
    answers between `start` and `stop`, or inside `with`.
    """

    def __init__(
        self,
        *,
        resources: Path,
        bird: int = 5000,
        convirza: int = 300,
        seed: int = 1,
        link_seconds: float = 600,
        now: datetime | None = None,
        logins_per_minute: int | None = None,
    ) -> None:
        moment = now or datetime.now(UTC)
        shelf = AudioShelf(resources)
        self._api_door, self._media_door = Door(), Door()
        origin = f"http://127.0.0.1:{self._api_door.port}"
        self.bird_url = origin
        self.convirza_url = f"{origin}/v3"
        self.oauth_url = origin
        # Another host name as well as another port: whatever a client takes for "the same host", this is not.
        self.media_url = f"http://localhost:{self._media_door.port}"
        self.workspace_id = Ids(seed, "workspace").of(0)
        self.access_key = f"demoAccessKey{seed:04d}abcdefghijklmnop"
        self.jwt = "eyJhbGciOiJub25lIn0.eyJkZW1vIjp0cnVlfQ.ZGVtby1zaWduYXR1cmU"
        self.email = "ines@northwind.example"
        self.password = "correct horse"  # noqa: S105 -- there is nothing behind it
        self.faults = Faults()
        self.requests = Journal()
        self._links = Links(self.media_url, link_seconds, seed)
        self._tokens = Tokens(seed)
        self._recordings = BirdRecordings(bird, seed, moment, shelf)
        self._prompts = Prompts(convirza, seed, moment, shelf)
        self._bird = BirdApi(
            self._recordings, self._links, self.workspace_id, self.access_key, self.jwt, seed
        )
        self._convirza = ConvirzaApi(self._prompts, self._links, self._tokens, self.email)
        self._media = MediaHost(self._recordings, self._prompts, self._links, shelf)
        oauth = OAuth(self._tokens, self.email, self.password, logins_per_minute)
        api = api_program(self._bird, self._convirza, oauth, self.faults, self.requests)
        media = media_program(self._media, self.faults, self.requests)
        self._thread = ServerThread([(self._api_door, api), (self._media_door, media)])

    @property
    def access_token(self) -> str:
        """A Convirza access token that works at this moment."""
        return self._tokens.pasted

    def start(self) -> None:
        """Returns when connections are accepted."""
        self._thread.start()

    def stop(self) -> None:
        """Ends at once, whatever connections are open."""
        self._thread.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def add_new(self, count: int) -> None:
        """So many new Bird recordings appear at the top."""
        self._recordings.total += count

    def delete_bird_recording(self, recording_id: str) -> None:
        """Somebody deletes a Bird recording. Raises LookupError if there is none with this id."""
        serial = self._recordings.find(recording_id)
        if serial is None:
            raise LookupError(f"no recording {recording_id}")
        self._recordings.deleted.add(serial)

    def delete_prompt(self, place: int) -> None:
        """Somebody deletes Convirza's prompt at a place."""
        self._prompts.deleted.add(place)

    def finish_ongoing(self) -> None:
        """The calls that were going on at the start end: their recordings are available."""
        self._recordings.all_finished = True

    def expire_page_tokens(self) -> None:
        """All page tokens of Bird's lists so far end: 400."""
        self._bird.expire_tokens()

    def bird_recording(self, place: int) -> dict[str, Any]:
        """The row of Bird's recording at a place of the list (0 is the newest), with a fresh link."""
        return self._bird.row(self._recordings.total - 1 - place)

    def convirza_item(self, place: int) -> dict[str, Any]:
        """The row of Convirza's prompt at a place (0 is the newest of all kinds), with a link that works."""
        return self._convirza.row(place)

    def audio(self, recording_id: str | int) -> bytes:
        """The exact bytes that a recording's link serves: a Bird id, or a Convirza number.

        Raises LookupError if there is no such recording, or nothing to hear in it.
        """
        serial = self._recordings.find(str(recording_id))
        if serial is not None:
            return self._media.recording(serial)
        place = self._prompts.place_of(int(recording_id)) if str(recording_id).isdecimal() else None
        if place is None:
            raise LookupError(f"no recording {recording_id}")
        return self._prompts.audio(place)

    def expire_tokens(self) -> None:
        """All access tokens so far end: the next request with one is answered 401."""
        self._tokens.expire_access()

    def expire_refresh_tokens(self) -> None:
        """All refresh tokens so far end: only a new login helps."""
        self._tokens.expire_refresh()

    def expire_links(self) -> None:
        """All signed links so far end: 403, as after `link_seconds`."""
        self._links.expire()

    def kill_prompt_links(self) -> None:
        """All links to prompts so far end with 410; the next list has new ones."""
        self._links.withdraw()
