"""Akoma Ntoso 3.0 (OASIS LegalDocML) in the United Nations profile: a report written as XML and read back."""

from __future__ import annotations

from tipreport.akn.reader import is_akn, read
from tipreport.akn.writer import write

__all__ = ["is_akn", "read", "write"]
