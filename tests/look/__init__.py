"""Tests of the look: components, forms, frame, style sheets. No row of the database is read."""
