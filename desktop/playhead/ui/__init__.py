"""Window and dialogs: a folder for each place on the screen, driven by the file with the folder's name."""
