"""Writes to sectors, employers, units, targets and partners. Every function is one transaction with one audit event.

An employer's dated facts, mergers and hand-overs change the ledger and live in ``placements.services.employers``.
"""
