"""Reading what a person types into the filter line."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from playhead.core.account import Account
from playhead.core.finding.amounts import quoted
from playhead.core.finding.fieldreaders import EXACTLY, exactly, one_of
from playhead.core.finding.fields import FIELDS, WITH, nearest
from playhead.core.finding.numbers import dialled, numbers_in, widened
from playhead.core.finding.query import (
    All,
    Either,
    Field,
    FieldKind,
    Node,
    Not,
    Query,
    QueryError,
    Readings,
    Token,
    ValueContext,
    Word,
    as_typed,
)
from playhead.core.finding.spellings import is_answer, rewritten
from playhead.core.finding.syntax import OPENING, tokens, values_of
from playhead.core.text import digits_of, fold, looks_like_number

_LINKS = frozenset({"tel", "callto", "sip", "sips"})
"""Schemes of links to somebody who can be rung."""

LONGEST_QUERY = 2000
"""Characters; what is longer was pasted by mistake, and no person could find the fault in it."""

DEEPEST_NESTING = 20
"""Brackets within brackets."""


def parse(
    text: str,
    now: datetime,
    accounts: Sequence[Account] = (),
    readings: Readings = as_typed,
    providers: Collection[str] = (),
    fields: Mapping[str, Field] = FIELDS,
) -> Query:
    """The query that `text` means at `now` (aware: its zone is the person's), for these accounts.

    The zone has to know its offset on each date, as `SystemZone` does. `readings` knows in which forms a
    number that the person types may be written; `providers` are the names of those there are, where that is
    known. Raises `QueryError` with a sentence and the place of the
    fault.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"This is too long to be a filter (over {LONGEST_QUERY} characters).", 0, len(text))
    return Query(
        text, _Parser(text, ValueContext(WITH, (), now, accounts, readings, providers), fields).whole()
    )


class _Parser:
    def __init__(self, text: str, context: ValueContext, fields: Mapping[str, Field]) -> None:
        self._context = context
        self._fields = fields
        self._tokens = tokens(text)
        self._place = 0
        self._depth = 0
        self._asked: Token | None = None
        """The field, and what is before each word, that stand before the brackets around this place."""

    def whole(self) -> Node:
        node = self._either()
        if self._place < len(self._tokens):
            self._tokens[self._place].refuse("This bracket closes nothing.")
        return node

    def _either(self) -> Node:
        choices = [self._all()]
        while self._at_or(choices[-1]):
            word = self._tokens[self._place]
            self._place += 1
            choices.append(self._all())
            if All(()) in choices[-2:]:
                word.refuse("OR needs something on both sides.")
        return choices[0] if len(choices) == 1 else Either(tuple(choices))

    def _at_or(self, before: Node) -> bool:
        """True if an OR stands here; a small one with nothing on one side of it is a word like others."""
        rest = [token.text for token in self._tokens[self._place : self._place + 2]]
        if not rest or rest[0].lower() != "or":
            return False
        return rest[0] == "OR" or (before != All(()) and len(rest) > 1 and rest[1].lower() not in {")", "or"})

    def _all(self) -> Node:
        nodes: list[Node] = []
        while self._place < len(self._tokens):
            token = self._tokens[self._place]
            if token.text == ")" or self._at_or(All(tuple(nodes))):
                break
            self._place += 1
            if token.text in OPENING:
                group = self._group(token)
                nodes.append(Not(group) if token.negated else group)
            elif self._opens(token):
                nodes.append(self._group_of(token))
            else:
                nodes.append(self._term(token))
        return nodes[0] if len(nodes) == 1 and isinstance(nodes[0], All) else All(tuple(nodes))

    def _group(self, opened: Token) -> Node:
        self._depth += 1
        if self._depth > DEEPEST_NESTING:
            opened.refuse("There are too many brackets within brackets.")
        node = self._either()
        self._depth -= 1
        if self._place >= len(self._tokens):
            opened.refuse("This bracket is not closed.")
        if node == All(()):
            opened.refuse("There is nothing in these brackets.")
        self._place += 1
        return node

    def _opens(self, token: Token) -> bool:
        """True for a field that is asked for all that stands in the brackets behind its colon."""
        behind = self._tokens[self._place] if self._place < len(self._tokens) else None
        opened = behind is not None and behind.text == "(" and behind.start == token.end
        return opened and token.field in self._fields and (not token.value or token.value.endswith(":"))

    def _group_of(self, token: Token) -> Node:
        if self._asked is not None:
            token.refuse("Brackets behind a field hold words and phrases, not another field.")
        self._asked = token
        opened = self._tokens[self._place]
        self._place += 1
        group = self._group(opened)
        self._asked = None
        return Not(group) if token.negated else group

    def _term(self, token: Token) -> Node:
        if token.text.count('"') % 2:
            token.refuse("A quotation mark is missing.")
        if self._asked is not None:
            token = self._asked_of(token, self._asked)
        node = self._condition(token) if token.field else self._word(token, token.value)
        return Not(node) if token.negated else node

    def _asked_of(self, token: Token, asked: Token) -> Token:
        """A word in brackets behind a field, as if it stood behind the colon itself."""
        if token.field and token.field in self._fields:
            token.refuse("Brackets behind a field hold words and phrases, not another field.")
        value = f"{token.field}:{token.value}" if token.field else token.value
        return replace(token, field=asked.field, value=f"{asked.value}{value}")

    def _word(self, token: Token, written: str) -> Node:
        if several := numbers_in(written):
            numbers = tuple(self._whole_word(token, number) for number in several)
            return one_of(numbers)
        if "*" in dialled(written) and '"' not in written:
            # A word is found anywhere, so stars around it say nothing, and one within it parts it.
            pieces = tuple(self._whole_word(token, piece) for piece in written.split("*") if piece)
            if pieces:
                return pieces[0] if len(pieces) == 1 else All(pieces)
        return self._whole_word(token, written)

    def _whole_word(self, token: Token, written: str) -> Node:
        # Only in a number with spaces are there any outside quotation marks.
        plain = written.replace('"', "") if '"' in written else " ".join(written.split())
        text = fold(plain)
        if not text:
            token.refuse("There is nothing to look for in this.")
        holders = tuple(account.id for account in self._context.accounts if text in fold(account.label))
        number = dialled(text)
        if not looks_like_number(number):
            return Word(text, "", holders)
        word = Word(text, digits_of(number).lstrip("0"), holders)
        return widened(word, number, WITH, self._context.readings)

    def _condition(self, token: Token) -> Node:
        word, written = token.field, token.value
        if word in _LINKS and looks_like_number(number := dialled(written)):
            word, written = "with", number
        elif word in {"sip", "sips"}:
            word, written = "with", f"{word}:{written}"
        field = self._fields.get(word)
        if field is None:
            meant = self._meant_otherwise(token, word, written) or nearest(word, self._fields)
            token.refuse(
                f"There is no field called {quoted(word)}.{meant}"
                " To search for a colon, put quotes around it."
            )
        values = [value for value in values_of(word, written) if value]
        if not values:
            token.refuse(f"Write what to look for after “{word}:”.")
        context = replace(self._context, field=field, values=values)
        return one_of(tuple(self._read(token, value, context) for value in values))

    def _read(self, token: Token, value: str, context: ValueContext) -> Node:
        field = context.field
        if field.value is not None and value.startswith(EXACTLY):
            return exactly(field, value.removeprefix(EXACTLY))
        try:
            return field.read(token, value, context)
        except QueryError as fault:
            meant = ""
            if field.kind is FieldKind.FLAG or is_answer(value):
                meant = self._meant_otherwise(token, field.word, value)
            raise QueryError(f"{fault.sentence}{meant}", fault.start, fault.end) from None

    def _meant_otherwise(self, token: Token, word: str, value: str) -> str:
        """A question that names the condition that was most likely meant; empty if none is known."""
        if any(word in each.aliases for each in self._fields.values()):
            return ""
        condition = rewritten(word, value, negated=token.negated)
        return f" Did you mean {condition} ?" if condition else ""
