"""Who reaches what: every address of the project, in every role, against own, foreign and missing."""
