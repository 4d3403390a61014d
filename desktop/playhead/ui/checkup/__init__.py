"""Checkup of the health of many recordings: asked for, shown, paused and ended by the person."""
