"""Bird: its recordings and transcriptions, read through one workspace."""
