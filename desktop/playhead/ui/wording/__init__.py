"""What Playhead says: numbers, moments, states and errors in words for a person."""
