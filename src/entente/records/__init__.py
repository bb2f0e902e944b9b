"""The nouns: frozen records that every stage shares, without I/O and without look-ups."""
