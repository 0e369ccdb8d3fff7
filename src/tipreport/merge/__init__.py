"""Draft parts (L.1, L.1/Add.1, L.1/Add.2 ...) to one report.

The parts are put behind one another in the order of their addenda; their texts together are the text that the offsets of the
merged report count in. "(continued)" sections are joined with the section they continue, and the units stand in the order of
the sections. ``Report.parts`` is the ledger: which part brought which units, and how their ids map; what is missing or doubled
is told as diagnostics ``merge/...``. Practice: Editorial Manual, "Reports of intergovernmental and expert bodies"; a draft
report is issued in parts during the meeting, the parts of one symbol counted by addenda.
"""
