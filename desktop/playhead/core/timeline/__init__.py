"""Times of recordings: periods of the calendar, and how many recordings lie in each."""
