"""The filter line with its suggestions, its form and the filters that are kept."""
