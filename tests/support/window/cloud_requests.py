"""What the demo cloud was asked, as far as a test wants to know."""

from support.cloud.faultycloud import FaultyCloud
from support.cloud.requestlog import Asked


def media_asked(cloud: FaultyCloud) -> list[Asked]:
    """What was asked of Bird's media host, in order."""
    return [each for each in cloud.requests if each.path.startswith("/workspaceID")]


def lists_answered(cloud: FaultyCloud) -> int:
    """How many lists were answered with recordings."""
    return len([each for each in cloud.requests if each.status == 200 and _is_list(each.path)])


def _is_list(path: str) -> bool:
    return path.endswith("/recordings") or "prompts" in path
