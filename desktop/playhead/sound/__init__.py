"""Sound: decoding, peaks and playing. The only home of PyAV, numpy and QtMultimedia."""
