"""Puts the house together: settings, addresses, WSGI. Holds no rules."""
