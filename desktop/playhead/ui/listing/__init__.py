"""The listing: from a query and an order to rows on the screen, and everything said about them."""
