"""Pages of figures, one module per reader."""
