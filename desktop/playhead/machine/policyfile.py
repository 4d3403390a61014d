"""The administrator's file: where it is on each system, and reading it."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from playhead.core.policy import NO_POLICY, Policy, understood
from playhead.core.provider import Providers

_LARGEST = 1_000_000
"""Bytes of a file that is still read."""


def policy_file() -> Path:
    """The file on this system: in a folder that only an administrator can write to."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData"), "Playhead", "policy.json")
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Playhead/policy.json")
    return Path("/etc/playhead/policy.json")


def read_policy(file: Path, providers: Providers) -> Policy:
    """Read the policy in `file`, about these providers; its problems are sentences that name the file."""
    try:
        with file.open("rb") as opened:
            content = json.loads(opened.read(_LARGEST + 1)[:_LARGEST].decode("utf-8-sig"))
    except FileNotFoundError:
        return NO_POLICY
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Policy(
            problems=(f"The administrator's file {file} could not be read: {why}. Nothing of it holds.",)
        )
    except (ValueError, RecursionError):
        return Policy(problems=(f"The administrator's file {file} is no JSON. Nothing of it holds.",))
    policy = understood(content, providers)
    told = tuple(f"In the administrator's file {file}: {sentence}" for sentence in policy.problems)
    return replace(policy, problems=told)
