"""Two files of the same persons, invented, with the defects that institutions' files have."""
