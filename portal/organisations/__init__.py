"""Organisations that apply, and who belongs to them."""
