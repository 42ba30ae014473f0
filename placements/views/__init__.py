"""Pages about placements, trials, candidates with their register periods, and shares in teams."""
