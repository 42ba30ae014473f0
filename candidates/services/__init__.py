"""Writes about candidates that touch nothing above this room; those that change the count live in ``placements``."""
