"""Running plans: the engine, executions and their effects."""
