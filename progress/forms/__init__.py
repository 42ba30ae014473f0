"""Forms of this room, a module per subject."""
