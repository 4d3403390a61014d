"""Limits of health as preferences: kept, read as far as they make sense, and typed as people type numbers."""

import json
from dataclasses import replace

import pytest

from playhead.core.health.healthlimits import USUAL_LIMITS, HealthLimits, MidWord, limits_from
from playhead.core.health.verdicts import Verdict, judge
from playhead.core.preferences import Preferences
from playhead.core.recording import Recording
from playhead.machine.settings import from_text, to_text
from playhead.ui.wording.limitwords import LIMIT_LINES, LimitFigure, disorder
from support.health.figures_examples import figures
from support.providers.registered import PROVIDERS

CHOSEN = replace(USUAL_LIMITS, clipped=0.02, prompts_loud=-10.5, mid_word=MidWord.EVERYTHING)
CALL = Recording(account="first", id="1", provider="bird", kind="call", duration=120.0)
FIGURES = {each.name: each for line in LIMIT_LINES for each in line.figures}


def read(entry: object) -> HealthLimits:
    """The limits in a settings file that has this for them."""
    return from_text(json.dumps({"health_limits": entry}), PROVIDERS).health_limits


def test_limits_are_kept_in_the_settings_and_in_the_catalogue() -> None:
    assert from_text(to_text(Preferences(health_limits=CHOSEN)), PROVIDERS).health_limits == CHOSEN
    assert limits_from(CHOSEN.to_text()) == CHOSEN
    assert CHOSEN.to_text() != USUAL_LIMITS.to_text()


@pytest.mark.parametrize("entry", [None, 7, [], "strict", {}, {"clipped": "much"}, {"colour": 1}])
def test_what_makes_no_sense_is_as_usual(entry: object) -> None:
    assert read(entry) == USUAL_LIMITS
    assert limits_from(json.dumps(entry)) == USUAL_LIMITS


def test_numbers_are_brought_within_their_bounds_and_the_rest_is_kept() -> None:
    assert read({"clipped": -1, "alike": 10**400, "side": 0.02}) == replace(
        USUAL_LIMITS, clipped=0.0, alike=1.0, side=0.02
    )


def test_loudness_that_is_too_quiet_and_too_loud_at_once_is_as_usual_for_that_kind_alone() -> None:
    entry = {"calls_quiet": -10, "calls_loud": -20, "prompts_quiet": -25, "prompts_loud": -20}
    assert read(entry) == replace(USUAL_LIMITS, prompts_quiet=-25.0, prompts_loud=-20.0)
    with pytest.raises(ValueError, match="not below"):
        replace(USUAL_LIMITS, calls_quiet=-10.0)


@pytest.mark.parametrize(
    ("choice", "verdict"),
    [(MidWord.PROMPTS, Verdict.FINE), (MidWord.EVERYTHING, Verdict.CUT_OFF), (MidWord.NOTHING, Verdict.FINE)],
)
def test_a_call_that_ends_in_mid_word_is_cut_off_for_whom_it_matters(
    choice: MidWord, verdict: Verdict
) -> None:
    assert judge(figures(ends_in_sound=True), CALL, replace(USUAL_LIMITS, mid_word=choice)) is verdict


def test_every_number_has_a_line_of_the_page() -> None:
    assert FIGURES.keys() | {"mid_word"} == HealthLimits.__dataclass_fields__.keys()
    for name, figure in FIGURES.items():
        assert figure.read(figure.shown(CHOSEN)) == getattr(CHOSEN, name)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("clipped", "0.25", 0.0025),
        ("clipped", " 0,25 ", 0.0025),
        ("calls_quiet", "\N{MINUS SIGN}40", -40.0),
        ("damage", "٢", 2.0),
        ("longer", "1000", 10.0),
    ],
)
def test_numbers_are_read_as_people_write_them(name: str, typed: str, value: float) -> None:
    assert FIGURES[name].read(typed) == value


@pytest.mark.parametrize("typed", ["", "much", "-1", "51", "nan", "inf", "1e400", "0.1.2"])
def test_what_cannot_be_is_answered_with_what_can(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^A number from 0 to 50 is needed here\.$"):
        FIGURES["clipped"].read(typed)


def test_too_quiet_has_to_stay_below_too_loud() -> None:
    assert disorder("calls_quiet", -14.0, USUAL_LIMITS) == (
        "Too quiet has to be below too loud, which is -14 LUFS."
    )
    assert disorder("prompts_loud", -40.0, USUAL_LIMITS) == (
        "Too loud has to be above too quiet, which is -31 LUFS."
    )
    assert disorder("calls_quiet", -20.0, USUAL_LIMITS) == disorder("clipped", 0.5, USUAL_LIMITS) == ""


def test_a_number_is_shown_without_the_noise_of_fractions() -> None:
    assert LimitFigure("longer", "", "%", 100).shown(replace(USUAL_LIMITS, longer=0.07)) == "7"
