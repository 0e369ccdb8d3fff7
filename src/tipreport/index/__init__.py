"""The corpus index: one SQLite file with a plain schema, and the full-text search beside it."""
