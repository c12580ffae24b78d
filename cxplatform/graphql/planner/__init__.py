"""Pages produced column by column: a selection of declared fields is planned once, then read without a call a field.

What is planned are connections whose fields are columns, relations and child connections. `building` makes a plan of
a selection, `objects` and `pages` are the plans and run themselves, `memo` keeps them beside the prepared document.
What cannot be planned, and every failure of the request's own making, goes the ordinary way (`executor.py`), which
is the one that says what is wrong.
"""
