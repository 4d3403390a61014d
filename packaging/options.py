"""Options and commands of a command line as its parser has them, for the manual page and for completion."""

from __future__ import annotations

import argparse

# Argparse gives neither its options nor its commands by a public name; shtab reads them likewise.
_Commands = argparse._SubParsersAction  # noqa: SLF001


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Give the parsers of the commands, by their names."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in _actions(parser):
        if isinstance(action, _Commands):
            found.update(action.choices)
    return found


def options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Give what a parser itself takes, its commands left out."""
    return [action for action in _actions(parser) if not isinstance(action, _Commands)]


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # noqa: SLF001
