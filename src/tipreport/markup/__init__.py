"""Documents in markup, whose lines flow: the parts of Word, OpenDocument and HTML files to one text with its layout.

``package`` opens zip archives and ``elements`` XML, both with bounds; ``flowing`` makes the text. What a format says in its own words
stands in its own modules: ``docx_*``, ``odt_*``, ``html_*``.
"""

from __future__ import annotations
