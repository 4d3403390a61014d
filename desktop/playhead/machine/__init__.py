"""The computer Playhead runs on: its keyring, folders, settings file, log, and who else runs there."""
