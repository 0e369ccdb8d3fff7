"""Quotations: whether the words that somebody quotes stand in a report, and whether the cut leaves their meaning as it was.

``article`` finds the quotations of a text, ``quoted`` reads one (ellipses, square brackets), ``stream`` says what makes no
difference, ``passages`` looks for candidates in an index, ``cuts`` judges what was left out, ``check`` puts it together;
``cited`` gives what stands at a pinpoint cite.
"""
