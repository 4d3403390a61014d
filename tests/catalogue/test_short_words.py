"""Words of one or two letters are answered from what is kept, and never otherwise than by reading."""

import asyncio
from itertools import pairwise

import apsw

from playhead.catalogue import shortwords
from playhead.catalogue.connection import only_row
from playhead.catalogue.desk import Desk
from playhead.catalogue.mediacache import open_media_cache
from playhead.catalogue.ranking import expect
from playhead.catalogue.schema import open_newest
from playhead.catalogue.sql import where
from playhead.catalogue.store import DESKS, Store
from playhead.catalogue.writing import add, forget
from playhead.core.finding.query import Query, Word
from playhead.core.transcript import Line, Transcript
from support.catalogue.catalogue_examples import feed, recording

SIZE = 8
NAMES = ("Zoë", "müller", "a[b", "é", "", "K\nL", "ＡＢ", "かが")
PAGE = [
    recording(each, name=f"{NAMES[each % len(NAMES)]}{each}", status="ok" if each % 3 else "x y")
    for each in range(37)
]


def kept() -> apsw.Connection:
    """A catalogue of which every full part was read."""
    connection = open_newest(None, None)
    add(connection, PAGE[:29], feed())
    expect(connection, "name")
    catch_up(connection)
    return connection


def catch_up(connection: apsw.Connection) -> None:
    while (part := shortwords.due(connection, SIZE)) is not None:
        shortwords.keep(connection, shortwords.read(connection, part, SIZE))


def assert_right(connection: apsw.Connection) -> None:
    """Fail if a short word is answered otherwise than by reading every recording."""
    texts = [text for (text,) in connection.execute("select text from search")]
    words = {*"qé", "zz", *(letter for text in texts for letter in text)}
    words |= {one + other for text in texts for one, other in pairwise(text)}
    for text in words:
        word = shortwords.word_of(Query(node=Word(text)))
        assert word is not None
        condition = where(word)
        rows = connection.execute(f"select id from search where {condition.sql}", condition.values)
        here = shortwords.matching(connection, word, condition, SIZE)
        assert here is not None
        assert (text, [each for each, its in enumerate(here) if its]) == (
            text,
            sorted(each for (each,) in rows),
        )


def test_every_short_word_is_answered_as_if_all_were_read() -> None:
    connection = kept()
    assert only_row(connection, "select count(*) from lettered") == (3,)
    assert_right(connection)


def test_what_came_later_or_was_written_anew_or_said_is_looked_at_besides() -> None:
    connection = kept()
    changed = [recording(each, name=f"changed {each}") for each in range(3, 30, 5)]
    add(connection, [*changed, *PAGE[29:]], feed())
    desk = Desk("test", connection)
    store = Store(open_media_cache(None, None, 0, desk), dict.fromkeys(DESKS, desk))

    async def speak() -> None:
        await store.marks.add_note(PAGE[1], "qq", None)
        await store.transcripts.keep(
            PAGE[2], Transcript(id="t", locale=None, lines=(Line(start=0, end=1, text="zz"),))
        )

    asyncio.run(speak())
    assert_right(connection)
    catch_up(connection)
    assert only_row(connection, "select count(*) from lettered") == (4,)
    assert_right(connection)


def test_nothing_is_kept_of_an_account_that_left_while_its_recordings_were_read() -> None:
    connection = kept()
    read = shortwords.read(connection, 0, SIZE)
    forget(connection, "first")
    shortwords.keep(connection, read)
    assert only_row(connection, "select count(*) from shown") == (0,)
    assert shortwords.due(connection, SIZE) is None


def test_longer_words_and_whatever_is_more_than_a_word_are_left_to_others() -> None:
    for node in (Word("abc"), Word("+3", "3"), Word("a", accounts=("first",))):
        assert shortwords.word_of(Query(node=node)) is None
    assert shortwords.word_of(Query()) is None
