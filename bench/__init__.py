"""Measurements of exoreg; see ``bench/README.md``."""
