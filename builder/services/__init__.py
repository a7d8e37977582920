"""Everything that writes. Each service takes the acting user, checks permission and leaves a line in the audit trail."""
