"""Bundles: signed, encrypted files between units; `SPEC.md` is the normative text."""
