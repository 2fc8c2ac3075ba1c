"""Stage 6, write: the archive becomes Markdown pages."""
