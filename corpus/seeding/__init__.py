"""The seeded-error benchmark: what ties a clean source's figures, one defect planted at a time, and the score."""
