"""The commands of `digest` that keep it right, apart from `cli.py` by meaning."""
