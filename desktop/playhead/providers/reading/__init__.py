"""Values, names and transcripts, read tolerantly out of what any provider sends."""
