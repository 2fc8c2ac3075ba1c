"""Tests of the search index and its engine."""
