"""Look of the program: colours, fonts, icons, and the small parts that every pane is made of."""
