"""Offers: brochures, price lists, protocols and web pages read for what they are, state and promise."""
