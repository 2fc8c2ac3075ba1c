"""Benchmarks, each a script."""
