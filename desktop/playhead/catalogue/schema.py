"""The tables of the catalogue, and how an older file becomes a newer one.

`recording` holds what is shown, packed in `value` (where `raw` is empty; an older Playhead had both unpacked,
and `packing` tells up to which id they are packed, see module `packing`), `search` what is asked: everything
folded (see `core.text.fold`), so that SQL compares as `core.finding.matching` does, and narrow, so that a
scan of a million rows is quick. `words` is the index of the visible text by groups of three letters, without
their places, which would make it three times as large: it gives candidates. The text itself is put together
from `search` when it is needed. `tally` counts what the side bar shows, so that nobody has to.

What the person made of a recording (`star`, `heard`, `note`), its `transcript`, what was measured of it
(`peaks`, `health`), which exports kept it (`exported`) and that its provider no longer has it (`gone`)
hangs on its row in `recording`, which lives as long as its account: `search` is written anew whenever the
recording changes. `spoken` is to transcripts what `words` is to the visible text; notes are few and short
enough to be read through. `export` and `planned` are the journal of exports, `saved` and `used` are queries.

`untold` holds the recordings of which a provider gave no transcript when it was asked.

`sound` holds every audio that was measured, by its content, with its print; those of one `kin` are the same
sound in other bytes. `landmark` leads from a moment of a print to the sounds that have it. `kin` of `search`
is set where at least two recordings that are not gone have that sound (see module `samesounds`).

`search_timeline` has all that timelines ask of most queries, in the order of time.

`said` is the index of words of transcripts (see module `speechindex`), which lacks those that `unsaid` has:
an older Playhead kept them. `transcript_room` tells how many bytes they take, `let_go` which had to give way.
`transcription` is what providers list of transcripts, kept or not, also of recordings that were not met yet;
`transcription_list` tells how far the list of an account was read. Where one is ready or kept, `listed` of
`search` is set. `reading` is the list of recordings whose transcripts are to be read.

What can be asked of `health` stands in `search` as well, with indexes that have the measured recordings only.
`judging` tells the limits that verdicts go by, and up to which id all have been judged by them.

`checkup` is the list of recordings whose health is to be measured, with what became of them (see module
`workliststore`); `unripe` are new ones that are to be on it once they have audio.

`refolding` is there while what an older Playhead has folded is folded anew (see module `refolding`), and
tells up to which ids that is done.

`reprinting` is there while prints of sounds of an older form are brought into that of today (see module
`reprinting`), and tells up to which number that is done.

`ranking` and `ranking_part` hold the orders of columns, and `moved` tells which recordings have been written
anew since (see module `ranking`), `remeasured` the same for what only measured recordings have.
`cleared_ranking` is there while what takes room and serves nobody is cleared away (see module `clearing`).
`shown` tells which recordings show one or two letters, `lettered` of which parts that is known (see module
`shortwords`).

`facet` holds what is counted of recordings, by their ids; `faceted` of which parts it is known; `trait`,
`facet_side`, `facet_name` and `facet_channel` hold the sets of values that its codes stand for (see module
`facets`).

`indexed` tells up to which id recordings are in `words`. The index takes a thousand together in a third of
the time that it needs for pages, and the few that it does not have yet are simply all looked at.
"""

from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import apsw

from playhead.catalogue.columnadding import run_script
from playhead.catalogue.connection import SUFFIX as MARK
from playhead.catalogue.connection import connect, own_words, transaction
from playhead.core.errors import CatalogueNewer
from playhead.core.heldfiles import patiently

_ASIDE = "-unreadable-"
KEY_ID = "-key-id"
"""Ends the name of the file that says what the key of a catalogue is called."""

_FIRST = """
create table account (
    key integer primary key,
    id text not null unique,
    folded text not null
) strict;

create table recording (
    id integer primary key,
    account integer not null references account on delete cascade,
    key blob not null,
    value text not null,
    raw text not null,
    unique (account, key)
) strict;

create table search (
    id integer primary key references recording on delete cascade,
    account integer not null,
    newest integer not null,
    place integer not null,
    started integer, ended integer, created integer, duration real, size integer,
    stereo integer, transcribed integer, playable integer not null,
    provider text not null, kind text, direction text, status text, format text,
    name text, filename text, ident text, call text, conference text, channel text,
    from_name text, from_address text, from_digits text, from_anonymous text,
    to_name text, to_address text, to_digits text, to_anonymous text,
    text text generated always as (concat_ws(char(10), name, filename, kind, direction, status, format,
        provider, ident, call, channel, from_name, from_address, from_digits, from_anonymous,
        to_name, to_address, to_digits, to_anonymous)) virtual
) strict;
create index search_newest on search (newest, account, place);

create virtual table words using fts5 (
    text, content = 'search', content_rowid = 'id', columnsize = 0, detail = none,
    tokenize = 'trigram case_sensitive 1 remove_diacritics 0'
);

create table tally (
    account integer not null references account on delete cascade,
    provider text not null, kind text not null, direction text not null, status text not null,
    format text not null,
    number integer not null,
    primary key (account, provider, kind, direction, status, format)
) strict, without rowid;

create trigger search_added after insert on search begin
    insert into words (rowid, text) values (new.id, new.text);
    insert into tally values (new.account, new.provider, ifnull(new.kind, ''), ifnull(new.direction, ''),
        ifnull(new.status, ''), ifnull(new.format, ''), 1)
        on conflict do update set number = number + 1;
end;

create trigger search_removed after delete on search begin
    insert into words (words, rowid, text) values ('delete', old.id, old.text);
    update tally set number = number - 1 where account = old.account and provider = old.provider
        and kind = ifnull(old.kind, '') and direction = ifnull(old.direction, '')
        and status = ifnull(old.status, '') and format = ifnull(old.format, '');
end;

create table feed (
    account integer not null references account on delete cascade,
    asked text not null,
    state text not null,
    primary key (account, asked)
) strict, without rowid;

create table peaks (
    id integer primary key references recording on delete cascade,
    content blob not null
) strict;
"""

_SECOND = """
create table star (
    id integer primary key references recording on delete cascade
) strict;

create table heard (
    id integer primary key references recording on delete cascade,
    seconds real not null,
    spans blob not null
) strict;

create table note (
    id integer primary key autoincrement,
    recording integer not null references recording on delete cascade,
    folded text not null,
    at real,
    made integer not null,
    value text not null
) strict;
create index note_recording on note (recording);

create table transcript (
    id integer primary key references recording on delete cascade,
    folded text not null,
    value text not null
) strict;

create virtual table spoken using fts5 (
    folded, content = 'transcript', content_rowid = 'id', columnsize = 0, detail = none,
    tokenize = 'trigram case_sensitive 1 remove_diacritics 0'
);

create trigger transcript_added after insert on transcript begin
    insert into spoken (rowid, folded) values (new.id, new.folded);
end;

create trigger transcript_removed after delete on transcript begin
    insert into spoken (spoken, rowid, folded) values ('delete', old.id, old.folded);
end;

create table loudness (
    id integer primary key references recording on delete cascade,
    lufs real
) strict;
"""

_THIRD = """
create table gone (
    id integer primary key references recording on delete cascade,
    moment integer not null
) strict;

create table exported (
    id integer not null references recording on delete cascade,
    export integer not null,
    moment integer not null,
    primary key (id, export)
) strict, without rowid;

create table export (
    number integer primary key autoincrement,
    value text not null,
    choices text not null,
    began integer not null,
    ended integer not null default 0
) strict;

create table planned (
    export integer not null references export on delete cascade,
    place integer not null,
    recording integer not null references recording on delete cascade,
    path blob not null,
    outcome text,
    primary key (export, place)
) strict, without rowid;
create index planned_recording on planned (recording, export);

create index search_by_status on search (status, newest, account, place);
create index search_by_kind on search (kind, newest, account, place);
create index search_by_format on search (format, newest, account, place);
create index search_account on search (account, newest, place);
create index search_age on search (id, newest, account, place);
create index search_transcribed on search (newest, account, place) where transcribed = 1;
create index search_anonymous on search (newest, account, place)
    where coalesce(from_anonymous, to_anonymous) is not null;

create table indexed (
    id integer not null
) strict;
insert into indexed select ifnull(max(id), 0) from recording;

drop trigger search_added;
create trigger search_added after insert on search begin
    insert into words (rowid, text) select new.id, new.text where new.id <= (select id from indexed);
    insert into tally values (new.account, new.provider, ifnull(new.kind, ''), ifnull(new.direction, ''),
        ifnull(new.status, ''), ifnull(new.format, ''), 1)
        on conflict do update set number = number + 1;
end;

drop trigger search_removed;
create trigger search_removed after delete on search begin
    insert into words (words, rowid, text)
        select 'delete', old.id, old.text where old.id <= (select id from indexed);
    update tally set number = number - 1 where account = old.account and provider = old.provider
        and kind = ifnull(old.kind, '') and direction = ifnull(old.direction, '')
        and status = ifnull(old.status, '') and format = ifnull(old.format, '');
end;
insert into words (words, rank) values ('automerge', 8);

create table saved (
    place integer primary key,
    name text not null,
    value text not null
) strict;

create table used (
    id integer primary key autoincrement,
    value text not null unique
) strict;
"""

_FOURTH = """
drop index if exists search_by_duration;
create index search_by_duration on search (duration, newest, account, place);
"""

_FIFTH = """
create table refolding (
    recording integer not null,
    transcript integer not null
) strict;
insert into refolding values (0, 0);
"""

_SIXTH = """
update search set newest = 9223372036854775807 where newest = -9223372036854775807;
create table untold (
    id integer primary key references recording on delete cascade
) strict;

create trigger transcript_told after insert on transcript begin
    delete from untold where id = new.id;
end;
"""

_SEVENTH = """
alter table recording add column measured real;
"""

_EIGHTH = """
drop table loudness;
create table health (
    id integer primary key references recording on delete cascade,
    figures text not null,
    digest blob not null
) strict;
alter table search add column health integer;
alter table search add column loudness real;
alter table search add column peak real;
alter table search add column clipped real;
alter table search add column silence real;
alter table search add column talk_left real;
alter table search add column talk_right real;
alter table search add column decoded real;
create index search_by_health on search (health, newest, account, place) where health is not null;
create index search_by_loudness on search (loudness, newest, account, place) where loudness is not null;
create index search_by_peak on search (peak, newest, account, place) where peak is not null;
create index search_by_clipped on search (clipped, newest, account, place) where clipped is not null;
create index search_by_silence on search (silence, newest, account, place) where silence is not null;
create index search_by_talk_left on search (talk_left, newest, account, place) where talk_left is not null;
create index search_by_talk_right on search (talk_right, newest, account, place) where talk_right is not null;
create index search_by_decoded on search (decoded, newest, account, place) where decoded is not null;
"""

_NINTH = """
create table judging (
    limits text not null,
    done integer not null
) strict;
"""

_TENTH = """
alter table health add column course blob;
"""

_ELEVENTH = """
create table checkup (
    place integer primary key,
    recording integer not null unique references recording on delete cascade,
    account integer not null,
    outcome text
) strict;
create index checkup_open on checkup (account, place) where outcome is null;

create table unripe (
    id integer primary key references recording on delete cascade
) strict;

create table checkup_held (
    held integer not null
) strict;
insert into checkup_held values (0);
"""

_TWELFTH = """
create table sound (
    number integer primary key,
    digest blob not null unique,
    kin integer not null,
    print blob
) strict;
create index sound_kin on sound (kin);

create table landmark (
    number integer not null,
    sound integer not null,
    at integer not null,
    primary key (number, sound)
) strict, without rowid;

alter table health add column sound integer references sound;
create index health_sound on health (sound);
alter table search add column kin integer;
create index search_by_same on search (kin, newest, account, place) where kin is not null;
create index search_duplicate on search (newest, account, place) where kin is not null;
create index search_same on search (ident) where kin is not null;

insert into sound (digest, kin) select distinct digest, 0 from health where digest <> x'';
update sound set kin = number;
update health set sound = (select number from sound where sound.digest = health.digest);
update search set kin = (select sound from health where health.id = search.id) where id in (
    select id from health where sound in (select sound from health group by sound having count(*) > 1)
);
"""

_THIRTEENTH = """
create index search_unmeasured on search (newest, account, place) where health is null;
"""

_TIMELINE = """
create index search_timeline on search (newest, account, kind, direction, health);
"""

_PACKING = """
create table packing (
    done integer not null
) strict;
insert into packing select 0 where exists (select 1 from recording);
"""

_LANDMARKS = """
drop table landmark;
create table landmark (
    number integer not null,
    sound integer not null,
    at integer not null,
    length integer not null,
    primary key (number, sound)
) strict, without rowid;

create table reprinting (
    done integer not null
) strict;
insert into reprinting values (0);
"""

_WISHES = """
create table checkup_wish (
    text text not null primary key,
    asked text not null
) strict;
"""

_OTHERWISE = """
alter table search add column otherwise integer;
create index search_otherwise on search (newest, account, place) where otherwise = 1;
delete from judging;
"""

_SPEECH = """
alter table transcript add column size integer not null default 0;
alter table transcript add column used integer not null default 0;
create index transcript_used on transcript (used, id);
create table unsaid (
    id integer primary key
) strict;
insert into unsaid select id from transcript;
create virtual table said using fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
create table transcript_room (
    taken integer not null
) strict;
insert into transcript_room values (0);
create table let_go (
    id integer primary key references recording on delete cascade
) strict;
create trigger transcript_unsaid after delete on transcript begin
    delete from said where rowid = old.id;
    update transcript_room set taken = taken - old.size;
end;

create table transcription (
    account integer not null references account on delete cascade,
    recording blob not null,
    id text not null,
    ready integer not null,
    made integer,
    locale text,
    summary text,
    primary key (account, recording, id)
) strict, without rowid;
create table transcription_list (
    account integer primary key references account on delete cascade,
    state text not null
) strict;
alter table search add column listed integer;
drop index search_transcribed;
create index search_listed on search (newest, account, place) where listed = 1;
update search set listed = 1 where id in (select id from transcript);
create trigger search_listed_before after insert on search when
    exists (select 1 from transcript where id = new.id) or exists (
        select 1 from recording join transcription
        on transcription.account = recording.account and transcription.recording = recording.key
        where recording.id = new.id and ready = 1)
begin
    update search set listed = 1 where id = new.id;
end;

create table reading (
    place integer primary key,
    recording integer not null unique references recording on delete cascade,
    account integer not null,
    outcome text
) strict;
create index reading_open on reading (account, place) where outcome is null;
create table reading_unripe (
    id integer primary key references recording on delete cascade
) strict;
create table reading_wish (
    text text not null primary key,
    asked text not null
) strict;
create table reading_held (
    held integer not null
) strict;
insert into reading_held values (0);
"""

_RANKING = """
create table ranking (
    number integer primary key,
    sorted text not null unique,
    upto integer not null,
    moved integer not null,
    rising blob not null,
    falling blob not null,
    absent blob not null
) strict;

create table moved (
    number integer primary key autoincrement,
    recording integer not null
) strict;

create trigger search_rewritten after delete on search when exists (select 1 from ranking) begin
    insert into moved (recording) values (old.id);
end;

create trigger search_altered after update of
    newest, account, place, ended, created, duration, size, stereo, transcribed, provider, kind, direction,
    status, format, name, filename, ident, call, conference, channel, from_name, from_address, from_digits,
    from_anonymous, to_name, to_address, to_digits, to_anonymous
on search when exists (select 1 from ranking) begin
    insert into moved (recording) values (new.id);
end;
"""

_LETTERS = """
create table shown (
    letters text not null,
    part integer not null,
    flags blob not null,
    unique (letters, part)
) strict;
create index shown_part on shown (part);

create table lettered (
    part integer primary key,
    moved integer not null
) strict;
"""

_PACKED_ORDERS = """
drop trigger search_rewritten;
drop trigger search_altered;
alter table ranking rename to cleared_ranking;

create table ranking (
    number integer primary key,
    sorted text not null unique,
    upto integer not null,
    moved integer not null,
    known integer not null,
    size integer not null,
    flags blob not null
) strict;
insert into ranking select number, sorted, 0, moved, 0, 1, x'' from cleared_ranking;

create table ranking_part (
    ranking integer not null references ranking on delete cascade,
    part integer not null,
    ids blob not null,
    unique (ranking, part)
) strict;

create trigger search_rewritten after delete on search when exists (select 1 from ranking) begin
    insert into moved (recording) values (old.id);
end;

create trigger search_altered after update of
    newest, account, place, ended, created, duration, size, stereo, transcribed, provider, kind, direction,
    status, format, name, filename, ident, call, conference, channel, from_name, from_address, from_digits,
    from_anonymous, to_name, to_address, to_digits, to_anonymous
on search when exists (select 1 from ranking) begin
    insert into moved (recording) values (new.id);
end;
"""

_MEASURED_ORDERS = """
create table remeasured (
    number integer primary key autoincrement,
    recording integer not null
) strict;

create trigger search_measured_rewritten after delete on search when
    exists (select 1 from ranking where sorted = 'health')
begin
    insert into remeasured (recording) values (old.id);
end;

create trigger search_remeasured after update of
    newest, account, place, health, loudness, peak, clipped, silence, talk_left, talk_right, decoded
on search when exists (select 1 from ranking where sorted = 'health') begin
    insert into remeasured (recording) values (new.id);
end;
"""

# What they have by themselves, 4050 bytes, is more than a page of an encrypted file takes: a tenth was lost.
_FULL_PAGES = """
insert into words (words, rank) values ('pgsz', 4000);
insert into spoken (spoken, rank) values ('pgsz', 4000);
insert into said (said, rank) values ('pgsz', 4000);
"""

_FACETS = """
create table trait (
    code integer primary key,
    account integer not null,
    provider text not null, kind text, direction text, status text, format text,
    stereo integer, transcribed integer, playable integer not null
) strict;

create table facet (
    name text not null,
    part integer not null,
    content blob not null,
    unique (name, part)
) strict;

create table facet_text (
    name text not null,
    text text not null,
    code integer not null,
    primary key (name, text)
) strict, without rowid;

create table faceted (
    part integer primary key,
    moved integer not null
) strict;
"""

_FACETS_OF_TEXTS = """
drop table facet_text;
delete from facet where name in ('from', 'to', 'name', 'channel');
delete from faceted;

create table facet_side (
    code integer primary key, digits text, address text, name text, anonymous text
) strict;
create index facet_side_known on facet_side (coalesce(digits, address, name, anonymous, ''));

create table facet_name (code integer primary key, name text, filename text) strict;
create index facet_name_known on facet_name (coalesce(name, filename, ''));

create table facet_channel (code integer primary key, channel text) strict;
create index facet_channel_known on facet_channel (coalesce(channel, ''));
"""

MIGRATIONS: tuple[str, ...] = (
    _FIRST,
    _SECOND,
    _THIRD,
    _FOURTH,
    _FIFTH,
    _SIXTH,
    _SEVENTH,
    _EIGHTH,
    _NINTH,
    _TENTH,
    _ELEVENTH,
    _TWELFTH,
    _THIRTEENTH,
    _TIMELINE,
    _PACKING,
    _LANDMARKS,
    _WISHES,
    _OTHERWISE,
    _SPEECH,
    _RANKING,
    _LETTERS,
    _PACKED_ORDERS,
    _FULL_PAGES,
    _FACETS,
    _MEASURED_ORDERS,
    _FACETS_OF_TEXTS,
)
"""The script at index n leads from version n to n + 1; one that has been released is never edited."""


def open_newest(
    path: Path | None, key: bytes | None, scripts: tuple[str, ...] = MIGRATIONS
) -> apsw.Connection:
    """A connection to a file whose tables are of the newest version; closed again if that fails."""
    connection = connect(path, key)
    try:
        migrate(connection, scripts)
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(connection: apsw.Connection, scripts: tuple[str, ...]) -> None:
    """Bring the file to the newest version, one transaction a step; raises `CatalogueNewer`."""
    version = int(connection.pragma("user_version") or 0)
    if version > len(scripts):
        raise CatalogueNewer(f"version {version}")
    for number, script in enumerate(scripts[version:], version + 1):
        with transaction(connection):
            run_script(connection, script)
            connection.execute(f"pragma user_version = {number}")


def set_aside(path: Path, *, waiting: bool = False) -> Path:
    """Rename a catalogue, so that a new one can start in its place; where it lies now.

    Nothing is deleted. One that is `waiting` for its key has the name of that with it, and its audio: another
    key could not read either. Raises `CatalogueReadOnly`.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_name(f"{path.stem}{_ASIDE}{stamp}{path.suffix}")
    rename(path, aside, waiting=waiting)
    return aside


def asides(path: Path) -> list[Path]:
    """The catalogues that were set aside, the latest first."""
    return sorted(path.parent.glob(f"{path.stem}{_ASIDE}*{path.suffix}"), reverse=True)


def rename(path: Path, target: Path, *, waiting: bool) -> None:
    """Give a catalogue another name, with what belongs to it; the file itself last. As `set_aside`.

    Nothing has changed if that fails: a catalogue without its log would be an older one, or none.
    """
    audio, target_audio = audio_of(path), audio_of(target)
    moves = [(path, target, suffix) for suffix in ("-wal", "-shm", MARK)]
    if waiting:
        moves += [(audio, target_audio, suffix) for suffix in ("-wal", "-shm", "")]
        moves.append((path, target, KEY_ID))
    with own_words(), ExitStack() as undoing:
        for each, to, suffix in [*moves, (path, target, "")]:
            part, named = each.with_name(each.name + suffix), to.with_name(to.name + suffix)
            if part.exists():
                patiently(partial(part.replace, named))
                undoing.callback(_bring_back, named, part)
        undoing.pop_all()


def _bring_back(named: Path, part: Path) -> None:
    with suppress(OSError):  # the error that came first says more
        named.replace(part)


def audio_of(path: Path) -> Path:
    """The path of the audio of a catalogue."""
    return path.with_name(f"{path.name}-media" if _ASIDE in path.stem else "media.db")
