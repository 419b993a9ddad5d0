"""Calls for projects: their rules, forms, criteria and calendar, and how they are published."""
