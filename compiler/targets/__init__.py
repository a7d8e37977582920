"""The targets of a plan: each turns it into files that run, or describe it, elsewhere."""
