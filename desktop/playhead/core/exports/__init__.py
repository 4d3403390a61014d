"""From recordings to a folder that a stranger can verify, and back."""
