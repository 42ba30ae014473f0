"""Pages of an employer: colleagues, units and targets."""
