"""What maintainers do to keep a digest right: corrections, retractions, renamed entities, what needs a look."""
