"""Tables of the pages on which the district's records are kept."""
