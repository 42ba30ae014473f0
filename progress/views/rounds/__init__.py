"""Pages of half-year rounds: the adviser's, and the employer's own."""
