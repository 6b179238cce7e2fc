"""exoreg classifies a proposed exosome product by jurisdiction: drug, cosmetic, unlawful or not settled."""

__version__ = "0.1.0"
