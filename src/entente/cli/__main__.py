"""``python -m entente.cli``: the command line without its script."""

from entente.cli import main

main()
