"""Parsing: text → sentences with trees, and clauses with their status."""
