"""Tests of `exoreg vet`, `exoreg claims` and `exoreg check --claim-text`."""
