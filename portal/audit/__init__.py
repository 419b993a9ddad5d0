"""The chain of events: append-only, each holds the fingerprint of the one before. It knows no other app's rows."""
