"""Rows of printed pages to one text in reading order, with what the page shows beside the words."""

from __future__ import annotations

from tipreport.printed.compose import compose
from tipreport.printed.row import Page, Row

__all__ = ["Page", "Row", "compose"]
