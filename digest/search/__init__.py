"""Stage 7, search: the archive becomes a static index that a browser can ask. See docs/search-format.md."""
