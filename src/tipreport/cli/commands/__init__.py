"""One file a command: its options and examples. What it does stands beside this folder and is imported when it runs."""
