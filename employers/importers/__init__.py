"""What a row of the exchange format means for this room (``docs/uitwisselformaat.md``), and what importers share.

An importer is a function that takes the rows of one sheet and amends drafts (:mod:`.organisations`); it writes nothing.
What is wrong or worth telling goes to the :class:`~.intake.Intake`.
"""
