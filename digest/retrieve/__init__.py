"""Asks other people's servers, politely and carefully: robots.txt, pauses, limits, public addresses only."""
