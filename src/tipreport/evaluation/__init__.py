"""How exact the parser is: hand-checked facts about reports (gold) against what it finds, kind by kind.

``fact`` is one thing to compare, ``kinds`` makes facts of gold and of reports, ``compare`` matches them, ``gold`` reads and makes
files of facts, ``run`` scores a folder. docs/eval.md tells the form of the files and what counts as found.
"""
