"""What a row of the exchange format means for this room: coaches, whom they coach, and their contacts.

Scores and what was told in confidence have no column, in either direction. Importers amend drafts (:mod:`.caseloads`)
beside those of placements and trials, and write nothing; :mod:`.writing` stores them in the same transaction.
"""
