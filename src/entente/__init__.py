"""entente reads reporting on states and turns it into a ledger of records."""
