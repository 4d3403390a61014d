"""How high a row of the table can be."""

ROW_HEIGHT = 28
"""Pixels, unless the person chooses otherwise."""
DENSITIES = {"comfortable": ROW_HEIGHT, "compact": 22}
"""The heights that a person can choose from, in pixels."""
