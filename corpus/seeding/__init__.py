"""The seeded-error benchmark: what ties a clean source's figures, the defects planted, and the score."""
