"""Values of a column: what recordings have there, how many each, to choose among them."""
