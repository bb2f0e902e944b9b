"""Analysis: measures over the records of a ledger. It reads and never writes; every figure leads back to record ids."""
