"""Loading of what the accounts have, page after page, and how much of it is known."""
