"""Editing of the text of a query: split into conditions, quoted, one put in, another taken out.

It is the text that is worked on, so that what the person wrote stays as they wrote it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from playhead.core.finding.fieldreaders import EXACTLY
from playhead.core.finding.fields import FIELDS
from playhead.core.finding.numbers import LONGEST, may_continue, starts_number
from playhead.core.finding.query import FieldKind, Token
from playhead.core.finding.syntax import BLANKED, OPENING, SIDES, as_meant, tokens, values_of
from playhead.core.text import fold

_DATES = frozenset({FieldKind.DATES, FieldKind.BOUND})


@dataclass(frozen=True, slots=True)
class QueryPiece:
    """One of the conditions that a query is made of, as it is written."""

    text: str
    field: str = ""
    """The word before the colon; empty for plain words and for what stands in brackets."""
    value: str = ""
    """The text after the colon, in the signs of the query language (`as_meant`)."""
    negated: bool = False
    grouped: bool = False
    """True if it is something in brackets."""
    place: int = -1
    """Its number among the pieces of its text, from 0 on; -1 for one that is new there."""

    @property
    def plain(self) -> bool:
        """True for a word or a phrase, wanted or not wanted."""
        return not self.field and not self.grouped

    @property
    def meant(self) -> str:
        """The text in the signs of the query language."""
        return as_meant(self.text).text

    @property
    def values(self) -> tuple[str, ...]:
        """The values after the colon, without their quotation marks."""
        return tuple(value for value in values_of(self.field, self.value) if value)


def pieces(text: str) -> tuple[QueryPiece, ...] | None:
    """The conditions of `text`, all of which must hold.

    None if it is not made like that: it is a choice (`a OR b`), or a quotation mark or a bracket is missing.
    """
    found: list[QueryPiece] = []
    depth, start, last = 0, 0, -1
    for token in tokens(text):
        word = token.text
        if word.count('"') % 2 or (not depth and word.upper() == "OR"):
            return None
        if word in OPENING:
            if not depth:
                # A field whose value is in brackets is one condition with them.
                led = bool(found) and last == token.start and found[-1].field in FIELDS
                start = token.start - len(found.pop().text) if led else token.start
            depth += 1
        elif word == ")":
            depth -= 1
            if depth < 0:
                return None
            if not depth:
                found.append(QueryPiece(text[start : token.end], grouped=True))
        elif not depth:
            found.append(_piece(token, text[token.start : token.end]))
            last = token.end
    if depth:
        return None
    return tuple(replace(part, place=place) for place, part in enumerate(found))


def text_of(parts: Iterable[QueryPiece]) -> str:
    """The text that these pieces make, in this order; none of them means anything else than before."""
    written: list[str] = []
    before: QueryPiece | None = None
    for part in parts:
        # What was something by itself must not become a part of the number in front of it.
        if before is not None and (_near(before, part) or _merge(written[-LONGEST:], before, part)):
            if before.field:
                written[-1] = _closed(before)
                written.append(part.text)
            else:
                written.append(_apart(part))
        else:
            written.append(part.text)
        before = part
    return " ".join(written)


def _near(before: QueryPiece, part: QueryPiece) -> bool:
    """True if `part` did not follow `before` so far, and looks like more of it."""
    followed = 0 <= before.place == part.place - 1
    open_ended = not before.field or before.field in SIDES
    return open_ended and not followed and may_continue(before.meant, part.meant)


def _merge(written: Sequence[str], before: QueryPiece, part: QueryPiece) -> bool:
    """True if words are parted in another way once `part` is behind them.

    A number was too long before, or a value was without its unit, or its time.
    """
    if not starts_number(part.meant) and before.field not in BLANKED:
        return False
    first, after = " ".join(written), " ".join((*written, part.text))
    words = [token.text for text in (first, part.text) for token in tokens(text)]
    return [token.text for token in tokens(after)] != words


def _closed(part: QueryPiece) -> str:
    """A condition with its values in quotation marks: nothing that follows belongs to it."""
    values = ",".join(f'"{value}"' for value in part.values)
    return f"{'-' if part.negated else ''}{part.field}:{values}"


def _apart(part: QueryPiece) -> str:
    """A number, or one in brackets, as it is written where it must stay by itself."""
    if part.grouped:
        return f'("{part.meant.strip("() ")}")'
    return f"({part.meant})" if "," in part.meant else f'"{" ".join(part.meant.split())}"'


def joined(parts: Iterable[str]) -> str:
    """A query of all these conditions; the empty ones are left out."""
    return " ".join(part for part in parts if part)


def literal(value: str) -> str:
    """`value` so that no sign at its beginning means something; to be quoted or put into a condition."""
    # As it is read: without what is not seen, such as a control character.
    return f"{EXACTLY}{value}" if fold(value).startswith(EXACTLY) else value


def quoted_value(value: str) -> str:
    """`value` as it is written after a colon, in quotation marks if it needs them.

    A quotation mark cannot be written inside them: a `*` stands for it, and for control characters. In one
    that is to be all of it (`=…`), its twin stands for it, and pictures for those.
    """
    exact = value.startswith(EXACTLY)
    written = "".join(_stand_in(letter, exact=exact) for letter in value)
    # Outside of quotation marks twins of signs would be read as those that mean something.
    meant = as_meant(written).text == written
    bare = written and meant and not any(letter.isspace() or letter in ",()" for letter in written)
    return written if bare else f'"{written}"'


def _stand_in(letter: str, *, exact: bool) -> str:
    if letter == '"':
        return "”" if exact else "*"
    if letter < " ":
        return chr(0x2400 + ord(letter)) if exact else "*"
    return letter


def condition(field: str, *values: str) -> str:
    """The condition that `field` is one of `values`."""
    return f"{field}:{','.join(quoted_value(value) for value in values)}"


def with_value(text: str, field: str, value: str) -> str:
    """`text`, narrowed to the recordings whose `field` is `value`, as one of those that it finds has it.

    The new condition takes the place of those that it makes superfluous, else it comes last. `field` is a
    word of the query language; nothing changes if `value` is empty.
    """
    parts = pieces(text)
    if not value:
        return text
    if parts is None:
        return beside(text, condition(field, value))
    added = _made(field, value)
    kept: list[QueryPiece] = []
    for part in parts:
        if not _superfluous(part, field, value):
            kept.append(part)
        elif added not in kept:
            kept.append(added)
    return text_of(kept if added in kept else [*kept, added])


def without_value(text: str, field: str, value: str) -> str:
    """`text`, without the recordings whose `field` is `value`.

    The value goes out of the sets that ask for it and joins those that refuse others of its field. `field`
    is a word of the query language; nothing changes if `value` is empty.
    """
    parts = pieces(text)
    if not value:
        return text
    if parts is None:
        return beside(text, f"-{condition(field, value)}")
    kept: list[QueryPiece] = []
    settled = False
    for part in parts:
        others = tuple(each for each in part.values if fold(each) != fold(value))
        if part.field != field or (not part.negated and len(others) == len(part.values)):
            kept.append(part)
        elif not part.negated:
            kept += [_made(field, *others)] if others else []
            settled = settled or (bool(others) and _kind(field) is FieldKind.WHOLE)
        elif settled or _kind(field) in _DATES:
            kept.append(part)
        else:
            kept.append(_made(field, *others, value, negated=True))
            settled = True
    return text_of(kept if settled else [*kept, _made(field, value, negated=True)])


def _piece(token: Token, written: str) -> QueryPiece:
    """The condition that `token` is, as it was written."""
    return QueryPiece(written, token.field, token.value if token.field else "", token.negated)


def _made(field: str, *values: str, negated: bool = False) -> QueryPiece:
    text = condition(field, *values)
    return QueryPiece(f"-{text}" if negated else text, field, text.partition(":")[2], negated)


def _kind(field: str) -> FieldKind | None:
    return FIELDS[field].kind if field in FIELDS else None


def beside(text: str, added: str) -> str:
    """Both `text`, of which there are no `pieces`, and more conditions; a fault in `text` stays its own."""
    inside = f"({text.strip()})" if _balanced(text) else text
    return joined((added, inside))


def _balanced(text: str) -> bool:
    return len(pieces(f"({text})") or ()) == 1


def _superfluous(part: QueryPiece, field: str, value: str) -> bool:
    """True if `part` follows from `field` being `value`, on a recording that is known to match both."""
    if field in FIELDS and FIELDS[field].several:
        return part.field == field and {fold(each) for each in part.values} == {fold(value)}
    if part.negated:
        return part.field == field and _kind(field) is FieldKind.WHOLE
    return part.field == field or {_kind(part.field), _kind(field)} <= _DATES
