"""What tests of the core share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[None]:
    """Be somebody who has to obey permissions."""
    if not hasattr(os, "seteuid"):
        pytest.skip("Windows has no such users")
    for place in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        place.chmod(0o755)
    tmp_path.chmod(0o777)
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)
