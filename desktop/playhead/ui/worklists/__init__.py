"""Long work on many recordings at the window: a line for each kind of it among the transfers."""
