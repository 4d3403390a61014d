"""How the tests of the demo cloud speak to it."""

from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """A plain client that goes straight to the loopback."""
    with httpx.Client(trust_env=False, verify=False) as connection:
        yield connection
