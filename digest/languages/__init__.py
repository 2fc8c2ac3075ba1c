"""Language packs: a language is a folder of data, found by listing; no Python knows one by name."""
