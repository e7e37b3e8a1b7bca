"""How well songs are found in a reference: labelled queries, invented or made of a reference of one's own."""
