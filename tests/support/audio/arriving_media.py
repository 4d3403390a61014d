"""Media as a download leaves it: with its length announced, or all of it here."""

from playhead.core.media import Media


def announced(total: int, *told: str) -> Media:
    """Media of so many bytes, none of which has arrived, and whose form others call so."""
    media = Media(told)
    media.announce(total)
    return media


def arrived(content: bytes) -> Media:
    """Media that is complete."""
    media = announced(len(content))
    media.write(content)
    media.finish()
    return media
