"""Coverage of a question about speech: of how many recordings its answer is known."""

from dataclasses import dataclass

from playhead.core.finding.query import All, Either, Flag, Is, Node, Not, Query, Spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechCoverage:
    """Counts of the loaded recordings that match everything else that a query asks for."""

    matching: int
    """Those that match all of it."""
    read: int
    """Those whose transcripts are kept: what was said in them is known."""
    existing: int
    """Those of which there is a transcript, read or not."""
    recordings: int
    """All of them."""
    listed: bool = True
    """True if it is known of all of them: their providers' lists were read to the end."""
    let_go: int = 0
    """Recordings whose transcripts were read, and had to give way for want of room; of all that there are."""

    unindexed: int = 0
    """Transcripts that are kept, and in which nothing is found yet: an older Playhead has kept them."""

    @property
    def none(self) -> int:
        """Recordings without a transcript, as far as is known."""
        return self.recordings - self.existing

    @property
    def unread(self) -> int:
        """Recordings whose transcript exists and is not kept."""
        return self.existing - self.read


def asks_of_speech(node: Node) -> bool:
    """True if the answer depends on what was said."""
    match node:
        case Spoken():
            return True
        case Not(inner):
            return asks_of_speech(inner)
        case All(nodes) | Either(nodes):
            return any(asks_of_speech(each) for each in nodes)
        case _:
            return False


def depends_on_transcripts(node: Node) -> bool:
    """True if the answer depends on what is known of transcripts: what they say, or that there are any."""
    match node:
        case Is(flag):
            return flag in {Flag.TRANSCRIBED, Flag.TRANSCRIPT}
        case Not(inner):
            return depends_on_transcripts(inner)
        case All(nodes) | Either(nodes):
            return any(depends_on_transcripts(each) for each in nodes)
        case _:
            return asks_of_speech(node)


def beside_speech(query: Query) -> Query:
    """The part of a query that does not ask for speech: whose transcripts have to be read for an answer."""
    return Query(node=All(tuple(node for node in query.conditions if not asks_of_speech(node))))


def unread(query: Query) -> Query:
    """The recordings whose transcripts exist, are not read, and are needed for an answer."""
    return Query(node=All((beside_speech(query).node, Is(Flag.TRANSCRIBED), Not(Is(Flag.TRANSCRIPT)))))


def read_of(query: Query) -> Query:
    """The recordings of `beside_speech` whose transcripts are kept."""
    return Query(node=All((beside_speech(query).node, Is(Flag.TRANSCRIPT))))


def existing_of(query: Query) -> Query:
    """The recordings of `beside_speech` of which there is a transcript."""
    return Query(node=All((beside_speech(query).node, Is(Flag.TRANSCRIBED))))
