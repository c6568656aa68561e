"""Digests and articles as JSON files in folders."""
