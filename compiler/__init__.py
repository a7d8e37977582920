"""The language: plain English in, a typed program out, and from it every target. Pure Python, no server needed."""
