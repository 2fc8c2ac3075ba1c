"""Stage 4, link: what a story names, and what it is filed under."""
