"""Stage 7, publish: MkDocs makes the site, and it is put in place at once."""
