"""Stage 3, analyse: blocks become a story, every field with its basis."""
