"""Redis behind the ports: conversations, work list, desk lists, operators, live signals.

Every multi-key step is one Lua script in `lua/`, on keys of one hash tag, so that it happens as a
whole and would do in Redis Cluster.
"""
