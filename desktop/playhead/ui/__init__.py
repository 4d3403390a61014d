"""Window and dialogs: a folder for each place on the screen."""
