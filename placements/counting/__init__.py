"""How placements count: a pure core that knows neither Django nor a database, and the ledger beside it.

Read `facts` for the vocabulary, `lines` for the rules, `reasons` for their legal sources.
"""
