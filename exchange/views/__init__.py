"""Uploading, checking, importing and exporting in the browser.

Every page exists twice: below an employer, for its coordinators, and on its own, for administrators, who read every
sheet. What differs between the two stands in :mod:`.places`.
"""
