"""Counting of how many recordings an answer about speech is known of."""

from playhead.core.finding.query import Query
from playhead.core.finding.speechcoverage import SpeechCoverage, beside_speech, existing_of, read_of
from playhead.core.session import Session


async def speech_coverage(session: Session, query: Query) -> SpeechCoverage:
    """Coverage of a query over what is loaded. Raises `CatalogueError`."""
    listings = session.catalogue.listings
    asked = beside_speech(query)
    accounts = {each.account.id for each in session.library.coverage(asked)}
    return SpeechCoverage(
        matching=await listings.count(query),
        read=await listings.count(read_of(query)),
        existing=await listings.count(existing_of(query)),
        recordings=await listings.count(asked),
        listed=await session.transcripts.lists.whole(accounts),
        let_go=await session.catalogue.transcripts.let_go(),
        unindexed=await session.catalogue.transcripts.unindexed(),
    )
