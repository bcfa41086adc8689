"""The pages of accounts: forms that work without a script."""
