"""Everything that writes. Each service takes the acting user, checks permission and adds to the audit trail."""
