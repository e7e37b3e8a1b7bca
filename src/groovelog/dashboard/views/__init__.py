"""One file for each page: what it shows, in order. See `scene` for what a page is given."""
