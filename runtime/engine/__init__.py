"""The engine: runs compiled plans, once or over columns, each run shut off from all others."""

from runtime.engine.engine import Engine
from runtime.engine.program import Program

__all__ = ["Engine", "Program"]
