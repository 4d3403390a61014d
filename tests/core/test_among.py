"""What a filter is compared with: only the accounts that it names narrow that."""

import pytest

from playhead.core.finding import fields
from playhead.core.finding.matching import among
from playhead.core.finding.query import All, Either, Flag, Is, Match, Node, Not, Query, Way, Word

BIRD = Match(fields.PROVIDER, "bird", Way.WHOLE)
OTHER = Match(fields.ACCOUNT, "other", Way.WHOLE)
CALL = Match(fields.KIND, "call", Way.WHOLE)


@pytest.mark.parametrize(
    ("node", "left"),
    [
        (All(()), All(())),
        (CALL, All(())),
        (Word("maria", accounts=("other",)), All(())),
        (BIRD, All((BIRD,))),
        (All((BIRD, CALL, Is(Flag.STARRED))), All((BIRD,))),
        (All((Not(BIRD), OTHER, CALL)), All((Not(BIRD), OTHER))),
        (Either((BIRD, OTHER)), All((Either((BIRD, OTHER)),))),
        (Either((BIRD, CALL)), All(())),
        (Not(All((BIRD, CALL))), All(())),
    ],
)
def test_what_does_not_choose_accounts_is_left_out(node: Node, left: Node) -> None:
    assert among(Query("typed", node)) == Query(node=left)
