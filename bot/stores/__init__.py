"""Adapters that keep digests, articles, subscriptions and deliveries."""
