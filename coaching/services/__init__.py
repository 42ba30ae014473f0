"""Writes of this room: one function per thing a user does, one transaction, one audit event."""
