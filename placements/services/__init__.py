"""Writes about placements and everything that decides whether they count: one function per thing a user does.

All arguments are keywords. ``by`` is the user (None for a command), ``on`` is today. Each function is one
transaction with one audit event, leaves the ledger in step, and raises ``ValidationError`` keyed by field,
``StaleRecordError`` when the record was changed meanwhile and ``PermissionDenied`` when ``by`` may not do this.
"""
