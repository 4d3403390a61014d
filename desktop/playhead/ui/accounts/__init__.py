"""Accounts: the side bar with its tree, the welcome page, and the dialog that connects one."""
