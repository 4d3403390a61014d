"""Recognition of a file by its first bytes: audio, something else, or undecided."""
