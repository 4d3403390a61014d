"""The waveform in the player bar: drawing, zoom, marks and loop."""
