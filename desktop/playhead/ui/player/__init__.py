"""The player bar with its waveform."""
