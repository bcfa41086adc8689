"""Accounts of a desk: who may log in, what they may do, and which reports are closed to whom.

`found` opens the accounts of a ledger where there are some, `made` makes them; docs/accounts.md tells the rest.
"""
