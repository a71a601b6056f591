"""Importers: what teams and benchmarks have becomes case files."""
