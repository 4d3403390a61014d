"""The parts of the window that belong to no place: notices, preferences, keys, its end."""
