"""The waveform above the transport."""
