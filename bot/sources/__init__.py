"""Feeds, pages and files: everything that comes from outside, fetched with a guard and parsed out of reach."""
