"""The template that names of exported files are made from, such as `{started:%Y-%m-%d}/{from}.{ext}`."""

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from types import MappingProxyType

from playhead.core.errors import PlayheadError
from playhead.core.recording import Party, Recording

DEFAULT_TEMPLATE = "{started:%Y-%m-%d}/{title}.{ext}"
FORMER_DEFAULTS = ("{started:%Y-%m-%d}/{from}_{to}_{id8}.{ext}",)
"""Defaults of earlier versions: exports that were made with one go on with it, settings do not."""
FIELDS = (
    "started",
    "date",
    "title",
    "from",
    "to",
    "name",
    "kind",
    "direction",
    "account",
    "provider",
    "id",
    "id8",
    "number",
    "ext",
)
DEEPEST = 8
"""How many folders one in the other a template may ask for."""
UNTOLD = "audio"
"""The extension of a recording of which neither it nor its provider tells one."""
NO_EXTENSIONS: Mapping[str, str] = MappingProxyType({})
_LONGEST = 500
_DIRECTIVES = frozenset("YmdHMSyjVGuzbBaAIp%")
"""What `started` and `date` may be formatted with: what Python's strftime knows on every system."""
_EXTENSIONS = {
    "mpeg": "mp3",
    "mpga": "mp3",
    "mp4": "m4a",
    "x-m4a": "m4a",
    "wave": "wav",
    "x-wav": "wav",
    "mulaw": "wav",
    "pcm": "wav",
    "vorbis": "ogg",
}
_AUDIO = frozenset(
    {"mp3", "wav", "m4a", "aac", "ogg", "oga", "opus", "flac", "webm", "amr", "gsm", "wma", "au"}
)


class TemplateError(PlayheadError):
    """The template cannot be used; `sentence` tells the person why, and may quote it."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class TemplatePiece:
    """Literal text, or a field with its format."""

    text: str
    field: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A template that is known to work: its folders and the file's name, each as pieces."""

    parts: tuple[tuple[TemplatePiece, ...], ...]

    @classmethod
    def parse(cls, text: str) -> "Template":
        """Understand `text`; raises `TemplateError`. A file name without `{ext}` gets one."""
        if not text.strip():
            raise TemplateError("The name of the files is missing: write one, such as {title}.")
        if len(text) > _LONGEST:
            raise TemplateError(f"The name is longer than {_LONGEST} characters.")
        try:
            parsed = list(string.Formatter().parse(text))
        except ValueError:
            raise TemplateError(
                "A curly bracket is missing its partner; write {{ or }} for a plain one."
            ) from None
        parts: list[list[TemplatePiece]] = [[]]
        for literal, name, form, conversion in parsed:
            first, *others = literal.replace("\\", "/").split("/")
            parts[-1].append(TemplatePiece(first))
            parts += [[TemplatePiece(each)] for each in others]
            if name is not None:
                _check_field(name, form or "", conversion)
                parts[-1].append(TemplatePiece("", name, form or ""))
        kept = [tuple(piece for piece in part if piece.text or piece.field) for part in parts]
        last = kept[-1]
        folders = [part for part in kept[:-1] if part and part != (TemplatePiece("."),)]
        if not any(piece.field for piece in last) and not any(piece.text.strip(". ") for piece in last):
            raise TemplateError("The name of the file is missing: a template must not end with a slash.")
        if (TemplatePiece(".."),) in [*folders, last]:
            raise TemplateError("The name must stay inside the folder, so it cannot contain “..”.")
        if len(folders) > DEEPEST:
            raise TemplateError(f"That are more than {DEEPEST} folders, one in the other.")
        return cls((*folders, _without_extension(last)))

    def render(
        self, recording: Recording, *, number: int, label: str, zone: tzinfo, untold: str = UNTOLD
    ) -> tuple[list[str], str]:
        """The parts for one recording, not yet made safe, and the extension with its dot.

        `untold` is the extension of a recording that does not tell its own.
        """
        ending = extension(recording) or untold
        values = _Values(recording, number, label, zone, ending)
        *folders, name = ["".join(values.of(piece) for piece in part) for part in self.parts]
        suffix = f".{ending}"
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            name = name[: -len(suffix)]
        return [*folders, name], suffix


def extension(recording: Recording) -> str:
    """The extension of the recording's audio, without its dot, as far as the recording tells; else empty."""
    form = (recording.format or "").strip().lower().removeprefix("audio/").removeprefix(".")
    suffix = (recording.filename or recording.name or "").rpartition(".")[2].strip().lower()
    for candidate in (_EXTENSIONS.get(form, form), suffix):
        if candidate in _AUDIO:
            return candidate
    return ""


def _without_extension(part: tuple[TemplatePiece, ...]) -> tuple[TemplatePiece, ...]:
    """The file's name less a final `.{ext}`, which comes back when the name has been made safe."""
    if part[-1] != TemplatePiece("", "ext"):
        return part
    *others, before = part[:-1] or (TemplatePiece("_"),)
    if not before.text:
        return part[:-1]
    text = before.text.removesuffix(".")
    return (*others, TemplatePiece(text)) if text or others else (TemplatePiece("_"),)


def _check_field(name: str, form: str, conversion: str | None) -> None:
    if name not in FIELDS:
        fields = ", ".join(f"{{{field}}}" for field in FIELDS)
        raise TemplateError(f"There is no field {{{name}}}. There are {fields}.")
    if conversion:
        raise TemplateError(f"“!{conversion}” cannot stand in {{{name}}}.")
    if name in {"started", "date"}:
        directives = re.findall(r"%(.?)", form.replace("%%", ""))
        wrong = [each for each in directives if each not in _DIRECTIVES]
        if wrong:
            raise TemplateError(f"“%{wrong[0]}” is no part of a date; use %Y, %m, %d, %H, %M, %S.")
    elif name == "number":
        if not re.fullmatch(r"(?:0?[1-9])?d?", form):
            raise TemplateError("A number is formatted like {number:04d}.")
    elif form:
        raise TemplateError(f"{{{name}}} takes no format.")


class _Values:
    """Values of the fields for one recording."""

    def __init__(self, recording: Recording, number: int, label: str, zone: tzinfo, ending: str) -> None:
        self._recording = recording
        self._number = number
        self._label = label
        self._zone = zone
        self._ending = ending

    def of(self, piece: TemplatePiece) -> str:
        """The text of one piece."""
        if not piece.field:
            return piece.text
        if piece.field == "number":
            return format(self._number, piece.form or "d")
        if piece.field in {"started", "date"}:
            usual = "%Y-%m-%d" if piece.field == "date" else "%Y-%m-%d %H.%M.%S"
            return _moment(self._recording.moment, self._zone, piece.form or usual)
        if piece.field == "ext":
            return self._ending
        return (
            _TEXTS[piece.field](self._recording) if piece.field != "account" else self._label
        ) or "unknown"


def _moment(moment: datetime | None, zone: tzinfo, form: str) -> str:
    if moment is None:
        return "undated"
    try:
        return moment.astimezone(zone).strftime(form)
    except (OverflowError, ValueError):
        return "undated"


def _party(party: Party | None) -> str | None:
    if party is None:
        return None
    return "anonymous" if party.anonymous else party.address or party.name


def _title(recording: Recording) -> str:
    """Both sides of a call and its id, or the name of what has no sides."""
    sides = [_party(each) for each in (recording.caller, recording.callee)]
    if any(sides):
        return "_".join([*(side or "unknown" for side in sides), recording.id[:8]])
    name = recording.name or recording.filename
    if not name:
        return f"{recording.kind}_{recording.id[:8]}"
    stem, _, suffix = name.rpartition(".")
    return stem if stem and suffix.strip().lower() in _AUDIO else name


_TEXTS: Mapping[str, Callable[[Recording], str | None]] = {
    "title": _title,
    "from": lambda recording: _party(recording.caller),
    "to": lambda recording: _party(recording.callee),
    "name": lambda recording: recording.name or recording.filename,
    "kind": lambda recording: recording.kind,
    "direction": lambda recording: recording.direction,
    "provider": lambda recording: recording.provider,
    "id": lambda recording: recording.id,
    "id8": lambda recording: recording.id[:8],
}
