"""The two documents on the recommendations of a body: the index (each under its topics) and the compilation (full texts by session).

``gathering`` reads the recommendations from an index, ``folding`` finds those that repeat an earlier one, ``grouping`` puts
them in order, ``record`` gives them as plain values, ``forms`` writes them.
"""
