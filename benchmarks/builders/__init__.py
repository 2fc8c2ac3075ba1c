"""Ours and the peers, with what each needs to build the same archive."""
