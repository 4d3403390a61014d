"""A cloud on loopback that speaks both providers' APIs, for trying Playhead and for testing it."""
