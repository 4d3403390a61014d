"""What an export leaves beside its audio, for whoever gets the folder and has no Playhead."""
