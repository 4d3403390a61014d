"""Playhead: the recordings of Convirza and Bird in one table, to filter, hear and export."""

__version__ = "0.1.0"
