"""What Playhead knows and decides, in plain Python: no Qt, no network, no database."""
