"""The filter line: what is typed, and what it means."""

import pytest

from playhead.core.finding import fields
from playhead.core.finding.parser import parse
from playhead.core.finding.query import All, Either, Flag, Is, Match, Node, Not, Number, Way, Word
from support.fakes import BIRD, CONVIRZA, NOON
from support.loading.query_scene import ACCOUNTS, meaning


@pytest.mark.parametrize("text", ["", " ", "\t\n ", "\u3000", "\0", "\u202a \u202c", "\ud800"])
def test_nothing_typed_matches_everything(text: str) -> None:
    assert parse(text, NOON).empty


def test_words_must_all_be_there() -> None:
    assert meaning("Maria  JOÃO") == All((Word("maria"), Word("joao")))


def test_quotes_make_a_phrase_and_take_a_word_literally() -> None:
    assert meaning('"exact Phrase"') == Word("exact phrase")
    assert meaning('"OR"') == Word("or")
    assert meaning('"from:x"') == Word("from:x")
    assert meaning('"-5"') == Word("-5")
    assert meaning('"(a)"') == Word("(a)")


def test_a_word_that_looks_like_a_number_is_also_looked_for_in_numbers() -> None:
    assert meaning("3197") == Word("3197", digits="3197")
    assert meaning("+31") == Word("+31", digits="31")
    assert meaning("0031") == Word("0031", digits="31")
    assert meaning("020-555") == Word("020-555", digits="20555")
    assert meaning('"(020) 555 0199"') == Word("(020) 555 0199", digits="205550199")
    assert meaning("31") == Word("31")
    assert meaning("000") == Word("000")


def test_a_word_is_also_looked_for_in_the_labels_of_accounts() -> None:
    assert meaning("support", ACCOUNTS) == Word("support", accounts=(BIRD.id,))


def test_a_minus_leaves_out() -> None:
    assert meaning("-maria") == Not(Word("maria"))
    assert meaning('-"two words"') == Not(Word("two words"))
    assert meaning("-status:failed") == Not(Match(fields.STATUS, "failed", Way.WHOLE))
    assert meaning("-5551234") == Not(Word("5551234", digits="5551234"))
    assert meaning("-+31") == Not(Word("+31", digits="31"))
    assert meaning("-(a OR b)") == Not(Either((All((Word("a"),)), All((Word("b"),)))))


def test_a_minus_alone_is_a_word() -> None:
    assert meaning("-") == Word("-")
    assert meaning("welcome - (sales)") == All((Word("welcome"), Word("-"), All((Word("sales"),))))


def test_or_binds_less_than_words_side_by_side() -> None:
    assert meaning("a b OR c") == Either((All((Word("a"), Word("b"))), All((Word("c"),))))
    assert meaning("(a OR b) c") == All((Either((All((Word("a"),)), All((Word("b"),)))), Word("c")))
    assert meaning("a or b") == meaning("a OR b")


@pytest.mark.parametrize(
    "text",
    [
        "%",
        "_",
        "🎧",
        "*",
        "'; drop table recording; --",
        "a",
        "ß",
        "NEAR/3",
        "^a",
        "𝕏",
    ],
)
def test_odd_characters_are_words_like_any_other(text: str) -> None:
    assert not parse(text, NOON).empty


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("provider:Bird", Match(fields.PROVIDER, "bird", Way.WHOLE)),
        ("kind:Voicemails", Match(fields.KIND, "voicemail", Way.WHOLE)),
        ("direction:in", Match(fields.DIRECTION, "incoming", Way.WHOLE)),
        ("direction:OUTGOING", Match(fields.DIRECTION, "outgoing", Way.WHOLE)),
        ("status:Available", Match(fields.STATUS, "available", Way.WHOLE)),
        ("format:mp*", Match(fields.FORMAT, "mp*", Way.WILD)),
        ("name:Über", Match(fields.NAME, "uber", Way.PART)),
        ('name:"a, b"', Match(fields.NAME, "a, b", Way.PART)),
        ("NAME:x:y", Match(fields.NAME, "x:y", Way.PART)),
        ("id:5B74", Match(fields.ID, "5b74", Way.PART)),
        ("channel:880d", Match(fields.CHANNEL, "880d", Way.PART)),
        ("call:50fa", Match(fields.CALL, "50fa", Way.PART)),
        ("is:Stereo", Is(Flag.STEREO)),
        ("is:starred", Is(Flag.STARRED)),
        ("-is:unheard", Not(Is(Flag.UNHEARD))),
        ("is:noted", Is(Flag.NOTED)),
        ("has:transcript", Is(Flag.TRANSCRIPT)),
        ("has:Note", Is(Flag.NOTED)),
        ("note:Rückzahlung", Match(fields.NOTE, "ruckzahlung", Way.PART)),
        ('note:"asked for*refund"', Match(fields.NOTE, "asked for*refund", Way.WILD)),
        ('account:"eu support"', Match(fields.ACCOUNT, BIRD.id, Way.WHOLE)),
        ("account:market", Match(fields.ACCOUNT, CONVIRZA.id, Way.WHOLE)),
        ("account:convirza-1", Match(fields.ACCOUNT, CONVIRZA.id, Way.WHOLE)),
    ],
)
def test_fields_compare_as_their_kind_of_value_asks(text: str, node: Node) -> None:
    assert meaning(text, ACCOUNTS) == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("from:3197", Number(fields.FROM, "3197", Way.PART)),
        ("to:5", Number(fields.TO, "5", Way.PART)),
        ("from:0205550199", Number(fields.FROM, "205550199", Way.PART)),
        ('from:"020 555"', Number(fields.FROM, "20555", Way.PART)),
        ("from:+31", Number(fields.FROM, "31", Way.START)),
        ("from:0031", Number(fields.FROM, "31", Way.START)),
        ("with:+31205550199", Number(fields.WITH, "31205550199", Way.WHOLE)),
        ("with:0031205550199", Number(fields.WITH, "31205550199", Way.WHOLE)),
        ("from:+31*", Number(fields.FROM, "31*", Way.WILD)),
        ("from:0031*", Number(fields.FROM, "31*", Way.WILD)),
        ("from:020*", Number(fields.FROM, "*20*", Way.WILD)),
        ("from:*0199", Number(fields.FROM, "*0199", Way.WILD)),
        ("from:Maria", Match(fields.FROM, "maria", Way.PART)),
        ("from:mar*", Match(fields.FROM, "mar*", Way.WILD)),
        ("from:anonymous", Match(fields.FROM, "anonymous", Way.PART)),
    ],
)
def test_a_side_is_a_number_or_a_name(text: str, node: Node) -> None:
    assert meaning(text) == node


def test_values_with_commas_between_are_alternatives() -> None:
    one, other = Match(fields.KIND, "voicemail", Way.WHOLE), Match(fields.KIND, "prompt", Way.WHOLE)
    assert meaning("kind:voicemail,prompt") == Either((one, other))
    assert meaning("kind:,voicemail,,prompts,") == Either((one, other))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("maria*", "maria"),
        ("*maria*", "maria"),
        ("wel*me", "(wel me)"),
        ("a or b", "a OR b"),
        ("a or b or c", "a OR b OR c"),
        ("(a or b) c", "(a OR b) c"),
        ("a Or (b c)", "a OR (b c)"),
        ("or", '"or"'),
        ("a or", 'a "or"'),
        ("or a", '"or" a'),
        ("(a or) b", '(a "or") b'),
        ("a or or b", 'a "or" OR b'),
    ],
)
def test_one_can_write_the_same_in_two_ways(text: str, same: str) -> None:
    assert meaning(text) == meaning(same)


def test_a_star_in_quotes_is_a_star() -> None:
    assert meaning('"wel*me"') == Word("wel*me")
    assert meaning("*") == Word("*")


def test_a_number_with_spaces_is_one_number() -> None:
    assert meaning("+31 20 555 0123") == Word("+31 20 555 0123", "31205550123")
    assert meaning("maria 020 555-0123 sales") == All(
        (Word("maria"), Word("020 555-0123", "205550123"), Word("sales"))
    )


@pytest.mark.parametrize("text", ["2026 1234 4567", "+31 20", "020", "020 maria", '+31 "20" 5550123', "0 1"])
def test_numbers_side_by_side_are_otherwise_things_of_their_own(text: str) -> None:
    node = meaning(text)
    words = node.nodes if isinstance(node, All) else (node,)
    assert len(words) == len(text.split())


FORMS = dict.fromkeys(("020 555 0123", "+31205550123", "*31205550123"), ("31205550123", "0205550123"))


def test_a_number_is_looked_for_in_every_form_that_it_may_be_written_in() -> None:
    def readings(typed: str) -> tuple[str, ...]:
        return FORMS.get(typed, ())

    def found(text: str) -> Node:
        return parse(text, NOON, ACCOUNTS, readings).conditions[0]

    national = Number(fields.FROM, "0205550123", Way.WHOLE)
    assert found("from:+31205550123") == Either((Number(fields.FROM, "31205550123", Way.WHOLE), national))
    assert found('from:"020 555 0123"') == Number(fields.FROM, "205550123", Way.PART)
    assert found("from:*31205550123") == Number(fields.FROM, "*31205550123", Way.WILD)
    assert found("020 555 0123") == Word("020 555 0123", "205550123")
    assert found("+31205550123") == Either(
        (Word("+31205550123", "31205550123"), Number(fields.WITH, "0205550123", Way.WHOLE))
    )
