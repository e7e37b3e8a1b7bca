"""Show: the pages of the dashboard; nothing but presentation of reports and receipts."""
