"""Pages written by PostgreSQL: a selection of declared fields becomes one statement that returns the page as JSON.

What is planned are connections whose fields are columns, relations and child connections. `building` makes a plan of
a selection, once a document; `pages` and `objects` are the plans, which write themselves into a statement for each
request (`writing`), `leaves` knows how a value is written, `reading` runs the statement, `memo` keeps the plans
beside the prepared document. What cannot be planned, and every failure of the request's own making, goes the ordinary
way (`executor.py`), which is the one that says what is wrong.
"""
