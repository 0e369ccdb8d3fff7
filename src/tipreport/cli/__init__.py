"""The command line, built with typer; ``run`` frames it, ``app`` holds the grammar, one file a command."""
