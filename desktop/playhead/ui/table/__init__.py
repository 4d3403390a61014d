"""The table of recordings: rows, columns, cells and what is selected."""
