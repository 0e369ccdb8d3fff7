"""``tipreport check``: which rules run over a report, what they found, and the fixes that need no judgement."""
