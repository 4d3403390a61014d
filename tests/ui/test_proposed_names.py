"""The name that is proposed for a filter is made of what it asks."""

import pytest

from playhead.ui.filter.savedfilters import LONGEST, proposed_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("maria", "maria"),
        ("kind:call date:lastmonth maria", "Calls, last month, maria"),
        ("kind:voicemail,prompt is:starred", "Voicemails, Prompts, starred"),
        ('account:"EU support" kind:call', "EU support, Calls"),
        ("from:+31* duration:>2m", "from +31*, duration >2m"),
        ("-status:available is:unheard", "not available, unheard"),
        ('"exact phrase"', "exact phrase"),
        ("(kind:call OR maria)", "(kind:call OR maria)"),
        ("  ", ""),
        ("after:2026-01-01", "after 2026-01-01"),
        ("kind:nonsense", "nonsense"),
    ],
)
def test_a_filter_is_called_by_what_it_asks(text: str, name: str) -> None:
    assert proposed_name(text) == name


def test_a_proposed_name_is_no_longer_than_a_name_may_be() -> None:
    assert len(proposed_name("maria " * 100)) <= LONGEST
    assert len(proposed_name("m" * 30_000)) <= LONGEST
