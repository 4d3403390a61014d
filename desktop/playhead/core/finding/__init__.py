"""What the person looks for: typed, understood, and said in other ways."""
