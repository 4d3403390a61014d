"""How often a test of properties is tried: a choice between profiles, made on the command line.

`--hypothesis-profile=quick` tries a fifth, `thorough` ten times as much as usual. A test that knows how many
tries it needs says so with `tries`; the others take what is usual.
"""

from hypothesis import settings

USUAL = 50
"""Tries of a test that does not say how many it needs."""


def register_profiles() -> None:
    """Make the profiles known, and take the usual one."""
    for name, number in (("quick", USUAL // 5), ("usual", USUAL), ("thorough", 10 * USUAL)):
        # How long one try takes depends on what else the machine does.
        settings.register_profile(name, max_examples=number, deadline=None)
    settings.load_profile("usual")


def share() -> float:
    """Give the tries of the profile that is in use, as a share of the usual ones."""
    return settings().max_examples / USUAL


def tries(number: int) -> settings:
    """So many tries in the usual profile, always the same ones."""
    return settings(derandomize=True, database=None, max_examples=max(1, round(number * share())))
