"""Measurements as commands: pages, letters, a batch, query plans. They print ratios; nothing here is a test."""
