"""Reading what a person types into the filter line."""

from collections.abc import Collection, Sequence
from datetime import datetime

from playhead.core.account import Account
from playhead.core.finding.amounts import quoted
from playhead.core.finding.hints import nearest
from playhead.core.finding.moments import DateError, date_spans
from playhead.core.finding.numbers import Readings, as_typed, dialled, numbers_in, widened
from playhead.core.finding.query import (
    All,
    Either,
    Field,
    Match,
    Measure,
    Node,
    Not,
    Query,
    QueryError,
    Span,
    Way,
    Word,
)
from playhead.core.finding.tokens import FIELD, OPENING, Token, tokens
from playhead.core.finding.values import READERS, values_of
from playhead.core.text import digits_of, fold, looks_like_number

FIELD_WORDS = (
    "provider",
    "account",
    "kind",
    "from",
    "to",
    "with",
    "direction",
    "status",
    "after",
    "before",
    "on",
    "date",
    "duration",
    "size",
    "format",
    "is",
    "name",
    "id",
    "channel",
    "call",
    "note",
    "heard",
)
"""Every word that can stand before a colon."""

_SIDES = {"from": Field.FROM, "to": Field.TO, "with": Field.WITH}
_LINKS = frozenset({"tel", "sip", "sips"})
"""What stands before the colon of a link to somebody who can be rung."""

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
) -> Query:
    """The query that `text` means at `now` (aware: its zone is the person's), for these accounts.

    The zone has to know its offset on each date, as `SystemZone` does. `readings` knows in which forms a
    number that the person types may be written; `providers` are the names of those there are, where that is
    known. Raises `QueryError` with a sentence and the place of the
    fault.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"This is too long to be a filter (over {LONGEST_QUERY} characters).", 0, len(text))
    return Query(text, _Parser(text, now, accounts, readings, providers).whole())


class _Parser:
    def __init__(
        self,
        text: str,
        now: datetime,
        accounts: Sequence[Account],
        readings: Readings,
        providers: Collection[str],
    ) -> None:
        self._now = now
        self._accounts = accounts
        self._readings = readings
        self._providers = providers
        self._tokens = tokens(text)
        self._place = 0
        self._depth = 0

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
        """Whether an OR stands here; a small one with nothing on one side of it is a word like others."""
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
                nodes.append(Not(group) if token.text.startswith("-") else group)
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

    def _term(self, token: Token) -> Node:
        if token.text.count('"') % 2:
            token.refuse("A quotation mark is missing.")
        field = FIELD.fullmatch(token.text)
        if field is not None:
            node = self._field(token, field["field"].lower(), field["value"])
            return Not(node) if field["minus"] else node
        negated = token.text.startswith("-") and len(token.text) > 1
        node = self._word(token, token.text[1:] if negated else token.text)
        return Not(node) if negated else node

    def _word(self, token: Token, written: str) -> Node:
        if several := numbers_in(written):
            numbers = tuple(self._whole_word(token, number) for number in several)
            return numbers[0] if len(numbers) == 1 else Either(numbers)
        if "*" in written and '"' not in written:
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
        holders = tuple(account.id for account in self._accounts if text in fold(account.label))
        number = dialled(text)
        if not looks_like_number(number):
            return Word(text, "", holders)
        word = Word(text, digits_of(number).lstrip("0"), holders)
        return widened(word, number, Field.WITH, self._readings)

    def _field(self, token: Token, field: str, written: str) -> Node:
        if field in _LINKS and looks_like_number(number := dialled(written)):
            field, written = "with", number
        elif field in _LINKS - {"tel"}:
            field, written = "with", f"{field}:{written}"
        if field not in FIELD_WORDS:
            token.refuse(
                f"There is no field called {quoted(field)}.{nearest(field, FIELD_WORDS)}"
                " To search for a colon, put quotes around it."
            )
        values = values_of(field, written)
        if not any(values):
            token.refuse(f"Write what to look for after “{field}:”.")
        if field in {"after", "before", "on", "date"}:
            return self._dates(token, field, [value for value in values if value])
        read = {"account": self._account, "provider": self._provider}.get(field) or READERS[field]
        nodes = tuple(read(token, value) for value in values if value)
        if field in _SIDES:
            typed = [dialled(value) for value in values if value]
            nodes = tuple(
                widened(node, value, _SIDES[field], self._readings)
                for node, value in zip(nodes, typed, strict=True)
            )
        return nodes[0] if len(nodes) == 1 else Either(nodes)

    def _account(self, token: Token, value: str) -> Node:
        wanted = fold(value)
        found = [
            account for account in self._accounts if wanted in fold(account.label) or account.id == value
        ]
        exact = [account for account in found if fold(account.label) == wanted or account.id == value]
        if not found:
            names = ", ".join(f"“{account.label}”" for account in self._accounts) or "none yet"
            token.refuse(f"No account is called {quoted(value)}. Connected: {names}.")
        nodes = tuple(Match(Field.ACCOUNT, account.id, Way.WHOLE) for account in exact or found)
        return nodes[0] if len(nodes) == 1 else Either(nodes)

    def _provider(self, token: Token, value: str) -> Node:
        name = fold(value)
        if self._providers and name not in self._providers:
            token.refuse(f"There is no provider {quoted(value)}. There are: {', '.join(self._providers)}.")
        return Match(Field.PROVIDER, name, Way.WHOLE)

    def _dates(self, token: Token, field: str, values: Sequence[str]) -> Node:
        if field in {"after", "before"} and (len(values) > 1 or ".." in values[0]):
            token.refuse(f"“{field}:” takes one date. For a range write date:2026-03-01..2026-03-14.")
        nodes = tuple(self._date(token, field, value) for value in values)
        return nodes[0] if len(nodes) == 1 else Either(nodes)

    def _date(self, token: Token, field: str, value: str) -> Node:
        try:
            spans = date_spans(value, self._now)
        except DateError as error:
            token.refuse(str(error))
        stamps = [[None if end is None else end.timestamp() for end in span] for span in spans]
        match field:
            case "after":
                return Span(Measure.DATE, stamps[0][0], None)
            case "before":
                return Span(Measure.DATE, None, stamps[0][0])
            case _:
                nodes = tuple(Span(Measure.DATE, low, high) for low, high in stamps)
                return nodes[0] if len(nodes) == 1 else Either(nodes)
