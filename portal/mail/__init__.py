"""Outgoing mail as rows: rendered when it is posted, sent by a worker, kept as a log. Who gets what is said above."""
