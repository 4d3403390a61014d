"""Core: everything that Playhead knows and decides, in plain Python: no Qt, no network, no database."""
