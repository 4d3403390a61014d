"""Long work on many recordings: a list in the catalogue that is worked off at leisure and to the end."""
