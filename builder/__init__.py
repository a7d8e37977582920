"""Accounts, workspaces, projects, pages, versions, the editor and the apps that people use."""
