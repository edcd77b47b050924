"""What a batch must outlast. Not part of the usual suite: ``python -m pytest tests/chaos``."""
