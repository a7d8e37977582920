"""From trees to the plan: names, types and units are settled here, and every mistake becomes a problem with words."""
