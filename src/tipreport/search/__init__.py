"""Search over an index: the query language, what it is made into, and the records that come out.

Nothing here parses a report or imports pydantic or rich; what is opened is the index.
"""
