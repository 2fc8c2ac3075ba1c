"""Lists names that the gazetteer does not know, for an editor to accept: `digest suggest`."""
