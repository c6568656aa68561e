"""Schema revisions, applied by alembic at start."""
