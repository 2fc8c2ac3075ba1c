"""Brings news in: whatever a maintainer has (files, dumps, addresses, feeds) becomes a seed with its sidecar."""
