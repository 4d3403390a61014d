"""Files that an export leaves beside its audio, for somebody who has the folder and no Playhead."""
