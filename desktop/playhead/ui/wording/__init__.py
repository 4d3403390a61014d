"""Wording: numbers, moments, states and errors in words for a person."""
