"""Audio on its way from a provider."""
