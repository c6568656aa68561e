"""SQLite and PostgreSQL: subscriptions, the delivery ledger and who follows whom, behind one SQLAlchemy dialect."""
