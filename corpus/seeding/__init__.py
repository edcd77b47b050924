"""The seeded-error benchmark: what ties figures of a clean source together, one defect planted at a time, and the score."""
