"""Words for the opening of the catalogue: what became of its files, and what can be done."""

DEMO_BEGINS_ANEW = (
    "A demo begins anew at every start: stars, notes, saved filters and preferences are forgotten when it "
    "ends. What you export stays."
)
NO_HOME = (
    "There is no home folder to keep anything in: accounts, stars, notes and preferences are forgotten when "
    "Playhead quits. Start it with --profile FOLDER to keep them. What you export stays."
)
EXPORT_GOES_ON = (
    "The export is not finished. It can be continued where it stands when Playhead is opened again."
)
UNTIL_THEN = "Until then, what is loaded is forgotten when Playhead quits."
BEGIN_ANEW = (
    "If the key of the catalogue is lost for good, a new catalogue can be begun. "
    "The old one is kept, and opened again when its key is there."
)
AUDIO_LOST = "The audio that was kept could not be read. It is fetched again when it is needed."


def begun_anew(aside: str | None) -> str:
    """Sentence on a catalogue in whose place a new one was begun; `aside` is its name now."""
    return f"It is kept as {aside}; a new one was begun." if aside else "A new one was begun."


def back_again(aside: str | None) -> str:
    """A catalogue that was set aside is open again; `aside` is what the one of before is called now."""
    said = "An earlier catalogue is open again, as the keyring has its key."
    return (
        f"{said} The one of before is kept as {aside}, and opened when its key is there." if aside else said
    )


def another(name: str) -> str:
    """There is another catalogue that can be opened."""
    return (
        f"An earlier catalogue, kept as {name}, can be opened again, as the keyring has its key. "
        "It may have stars, notes and exports that this one does not have."
    )
