"""How well reconciling joins: what really happened, what each source shows of it as files, and the rates.

Nothing here uses Groovelog's own reconciling: this is the truth it is held against.
"""
