"""Random edits of reports, and fuzzing of every format that is read: ``python tests/fuzz/run.py --help``."""
