"""Place of exports in the window: dialogs, and the panel of transfers."""
