"""What a file is by its first bytes: audio, something else, or nobody can tell."""
