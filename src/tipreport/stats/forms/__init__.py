"""Forms in which tables of counts are shown, one file each: ``SUFFIXES`` and ``render(found, view) -> str | bytes``."""
