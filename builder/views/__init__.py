"""What people see: each view takes a request, asks `builder.access` for the objects, and calls one service."""
