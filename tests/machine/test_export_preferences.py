"""How exports are wanted survives a restart, and any edit of the settings file."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from playhead.core.exports import formats
from playhead.core.exports.choices import Choices, CopyForm, Taken
from playhead.core.preferences import Preferences
from playhead.machine.settings import from_text, to_text
from support.providers.registered import PROVIDERS

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
CHOICES = st.builds(
    Choices,
    at_once=st.integers(1, 16),
    taken=st.sampled_from(Taken),
    copy=st.none() | st.sampled_from(CopyForm),
    sheets=st.frozensets(st.sampled_from(formats.FORMATS)),
    transcripts=st.booleans(),
    marks=st.booleans(),
    bag=st.booleans(),
    person=st.text(),
)


@given(choices=CHOICES, presets=st.dictionaries(st.text(), st.text(), max_size=5))
def test_what_is_kept_is_read_again(choices: Choices, presets: dict[str, str]) -> None:
    kept = replace(Preferences(), export_choices=choices, name_presets=presets)
    read = from_text(to_text(kept), PROVIDERS)
    assert read.export_choices == choices
    assert dict(read.name_presets) == presets


@given(entry=st.dictionaries(st.sampled_from(["sheets", "copy", "taken", "at_once", "bag"]), JSON) | JSON)
def test_whatever_stands_in_the_file_choices_come_of_it(entry: object) -> None:
    read = from_text(json.dumps({"export_choices": entry, "name_presets": entry}), PROVIDERS).export_choices
    assert 1 <= read.at_once <= 16
    assert read.sheets <= frozenset(formats.FORMATS)


def test_what_was_exported_is_not_remembered() -> None:
    choices = Choices(query="maria 3197", coverage="37 match in 1 204 loaded")
    text = to_text(replace(Preferences(), export_choices=choices))
    assert "maria" not in text
    assert "1 204" not in text
