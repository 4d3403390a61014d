"""How everything looks: colours, fonts, icons, and the small parts that every pane is made of."""
