"""What people do in half-year rounds, a module per subject."""
