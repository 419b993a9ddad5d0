"""Stored files by their content, and the checks before a file is stored. Whose file it is, is said by other apps."""
