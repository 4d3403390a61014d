"""Commands for schedulers and terminals: the same core as the window's, without a window."""
