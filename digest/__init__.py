"""Khabarnama: a static, searchable news digest from raw articles in right-to-left languages."""

__version__ = "0.1.0"
