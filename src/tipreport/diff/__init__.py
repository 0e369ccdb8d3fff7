"""Two reports compared: what became of every unit, and what the change means.

``compare`` (in ``tipreport.diff.compare``) takes two ``Side`` and gives a ``Comparison`` of ``Change``.
"""
