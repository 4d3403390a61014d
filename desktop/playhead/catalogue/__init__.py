"""The encrypted store of everything met so far: recordings, how far feeds have come, waveforms, audio."""
