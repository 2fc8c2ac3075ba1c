"""Stage 1, sources: files of any format become raw articles."""
