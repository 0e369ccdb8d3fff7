"""Forms in which timelines and promises are shown, one file each: ``SUFFIXES`` and ``render(found, view) -> str``."""
