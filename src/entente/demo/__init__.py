"""The bundled sample: short reports written for entente, on which `entente demo` shows what a ledger holds."""
