"""Checking a rule base: lint checks, cases, coverage, mutants, and the difference of two rule bases."""
