"""Stage 5, store: analysed articles, and the ledger of their addresses."""
