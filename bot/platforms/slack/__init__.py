"""Slack: Block Kit, Socket Mode or signed HTTP, one workspace or many."""
