"""Fuzzing the reader: pages changed at random, and the laws that hold for every text. `python -m tests.fuzz` runs it."""
