"""The demo's story, generated from a fixed seed.

A shop's return policy confuses and its checkout is clunky: together they drive most contacts. Agents are good, so
satisfaction with them hides a bad journey, which only the relational NPS shows. Fifteen to sixteen weeks before the
end a redesign goes live; contacts fall by a fifth, all of it in those two reasons, and NPS rises.
"""
