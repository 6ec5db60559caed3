"""Reproducible measures: `python3 dev.py bench NAME [--quick]`, and the population they run on."""
