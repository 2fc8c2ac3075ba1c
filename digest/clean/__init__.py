"""Stage 2, clean: bytes become tidied blocks, with a record of every change."""
