"""Template filters of the floor: money, days and words in a language (portal.py)."""
