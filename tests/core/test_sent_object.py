"""What a provider sent is a mapping like any other, though it is kept as text."""

import json

import pytest

from playhead.core.sentobject import SentObject, sent

FACTS = {"id": "r1", "name": "Zoë", "parts": [{"n": 1}, None], "long": 1.5}


def test_it_has_the_fields_that_it_was_made_of() -> None:
    found = sent(FACTS)
    assert dict(found) == FACTS
    assert list(found) == list(FACTS)
    assert found["name"] == "Zoë"
    assert found.text.isascii()
    with pytest.raises(ValueError, match="JSON"):
        sent({"size": float("nan")})


def test_it_is_equal_to_whatever_has_the_same_fields() -> None:
    for one, other in ((sent(FACTS), FACTS), (FACTS, sent(FACTS))):
        assert one == other
    assert sent(FACTS) == SentObject(json.dumps(dict(reversed(FACTS.items()))))
    assert sent(FACTS) != sent({"id": "r1"})
    assert sent(FACTS) != json.dumps(FACTS)
