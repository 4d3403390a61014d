"""The demo cloud: Bird, Convirza and their media host on loopback, with recordings made on the fly."""

from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from starlette.types import ASGIApp

from playhead.core.account import Account, Credential
from playhead.demo.audio import AudioShelf
from playhead.demo.birdapi import BirdApi
from playhead.demo.convirzaapi import ConvirzaApi, Endpoints, api_program, media_program
from playhead.demo.ids import Ids
from playhead.demo.mediahost import MediaHost
from playhead.demo.oauth import OAuth, Tokens
from playhead.demo.prompts import Prompts
from playhead.demo.recordings import BirdRecordings
from playhead.demo.serving import Door, ServerThread
from playhead.demo.signedlinks import Links


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
        endpoints = self._endpoints()
        api = self._served(api_program(self._bird, self._convirza, oauth, endpoints))
        media = self._served(media_program(self._media, endpoints))
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

    def _endpoints(self) -> Endpoints:
        """Make the endpoints of both programs."""
        return Endpoints()

    def _served(self, program: ASGIApp) -> ASGIApp:
        """Give what the servers run of a program."""
        return program


def demo_accounts(cloud: DemoCloud) -> tuple[tuple[Account, Credential], ...]:
    """An account of each of the cloud's two providers, and what opens it."""
    convirza = Account(
        id="demo-convirza",
        provider="convirza",
        label="Convirza Demo",
        base_url=cloud.convirza_url,
        details={"oauth_url": cloud.oauth_url},
    )
    bird = Account(
        id="demo-bird",
        provider="bird",
        label="Bird Demo",
        base_url=cloud.bird_url,
        details={"workspace_id": cloud.workspace_id},
    )
    return (
        (convirza, Credential(access=cloud.access_token)),
        (bird, Credential(access=cloud.access_key)),
    )
