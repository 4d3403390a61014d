"""Order for an export: what the command line asks for, as far as the administrator lets it."""

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

from playhead.command.exitstatus import Halt
from playhead.core.exports.choices import AS_USUAL, Choices
from playhead.core.preferences import Preferences


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """Recordings to be exported, and their destination."""

    query: str
    folder: Path
    """An absolute path."""
    own: bool
    """The export gets a new folder in it."""
    only_new: bool
    choices: Choices

    @property
    def text(self) -> str:
        """Filter that finds what is to be exported."""
        if not self.only_new:
            return self.query
        return f"({self.query}) -is:exported" if self.query.strip() else "-is:exported"


def ordered(given: argparse.Namespace, preferences: Preferences) -> ExportOrder:
    """The order of a command line. Raises `Halt` if it asks for what the administrator has locked."""
    return ExportOrder(
        query=given.filter,
        folder=_folder(given.to.expanduser().absolute(), preferences),
        own=given.new_folder,
        only_new=given.only_new,
        choices=_choices(given, preferences),
    )


def _folder(folder: Path, preferences: Preferences) -> Path:
    if "export_folder" in preferences.locked:
        allowed = Path(preferences.export_folder).expanduser().absolute()
        if ".." in folder.parts or allowed not in {folder, *folder.parents}:
            raise Halt(f"Your administrator has exports go to {allowed}. Give --to that, or a folder in it.")
    return folder


def _choices(given: argparse.Namespace, preferences: Preferences) -> Choices:
    choices = AS_USUAL
    if "export_choices" in preferences.locked:
        choices = replace(preferences.export_choices, query="", coverage="", template=choices.template)
        if given.format is not None or given.bag:
            raise Halt("What is written is set by your administrator. Leave --format and --bag out.")
    else:
        choices = replace(choices, bag=given.bag, sheets=given.format or choices.sheets)
    if "name_template" in preferences.locked:
        choices = replace(choices, template=preferences.name_template)
        if given.template not in {None, choices.template}:
            raise Halt("How files are called is set by your administrator. Leave --template out.")
    elif given.template is not None:
        choices = replace(choices, template=given.template)
    return choices
