"""Template filters of the event chain (chain.py)."""
