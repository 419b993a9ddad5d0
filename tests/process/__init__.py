"""The process as a table: where something stands, what is tried, and by whom."""
