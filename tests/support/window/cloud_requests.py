"""What the demo cloud was asked, as far as a test wants to know."""

from playhead.demo.cloud import DemoCloud
from playhead.demo.journal import Asked


def media_asked(cloud: DemoCloud) -> list[Asked]:
    """What was asked of Bird's media host, in order."""
    return [each for each in cloud.requests if each.path.startswith("/workspaceID")]


def lists_answered(cloud: DemoCloud) -> int:
    """How many lists were answered with recordings."""
    return len([each for each in cloud.requests if each.status == 200 and _is_list(each.path)])


def _is_list(path: str) -> bool:
    return path.endswith("/recordings") or "prompts" in path
