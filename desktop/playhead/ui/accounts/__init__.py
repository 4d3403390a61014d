"""The dialog that connects an account."""
