"""Filters: the query language, its fields, and its meaning."""
