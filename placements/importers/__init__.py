"""What a row of the exchange format means for whatever changes the count: employers' dated facts, candidates with
their register periods, teams, purchases, placements; and trials, which refer to the same candidates.

Importers amend drafts and write nothing. :mod:`.writing` stores what they planned in one short transaction, with the
count lines that :mod:`.counting` worked out beforehand.
"""
