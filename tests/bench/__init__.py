"""Measurements of speed and size (`make bench`): each module measures one thing and says what it found as `Figure`s."""
