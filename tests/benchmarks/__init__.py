"""Measurements beside other tools; ``run.py`` is the command, README.md says what each row means."""
