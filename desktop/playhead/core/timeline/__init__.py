"""When recordings were: periods of the calendar, and how many recordings lie in each."""
