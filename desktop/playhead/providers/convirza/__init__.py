"""Convirza: its media prompts, and the tokens that open them."""
