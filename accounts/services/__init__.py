"""Writes to users and memberships. Every function is one transaction with one audit event."""
