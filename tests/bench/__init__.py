"""Measurements: the product and its peers on one sandbox, in one run. `python -m tests.bench`."""
