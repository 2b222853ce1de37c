"""Pages on which the district's records are kept, and a school's own words written."""
