"""Lede: a news-digest bot for Slack and Discord."""
