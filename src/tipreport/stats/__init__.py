"""How many of what: objects of the index counted by year, body, addressee and all else that is known of them.

``counts.count`` and ``counts.cross`` count, ``overview`` is the choice of tables for a whole corpus, ``record`` makes
rows for other programs, and one file a form under ``forms`` shows tables to people.
"""
