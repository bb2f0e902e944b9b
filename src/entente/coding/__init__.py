"""Coding: clauses against the codebook, and from matches to records of the five kinds."""
