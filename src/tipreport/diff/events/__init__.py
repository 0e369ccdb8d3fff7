"""Readers of what a change means, one file each: ``find(pair) -> Iterator[Event]`` for two paired units whose texts differ.

They do not see one another; ``compare`` puts their events in the order of the texts.
"""
