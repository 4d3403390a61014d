"""HTTP for all providers: one client, rate limits, repeats, redirects, limits of what a server may send."""
