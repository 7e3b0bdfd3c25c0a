"""A stand-in for LINE: its Messaging API, its webhooks, and phones to look at, on loopback alone.

Read it in this order: `line.py` (what LINE knows), `messaging.py`, `menus.py` and `endpoint.py`
(what a bot may ask of it), `webhooks.py` (what it tells a bot), `control.py` (how a test commands
it), `pages.py` (the phones in the browser). It depends on the gateway by HTTP only. State is kept
in memory and bounded. It does not exist in production.
"""
