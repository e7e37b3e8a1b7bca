"""What is not of the lake: sign-ins and their sealed tokens, the quota ledger, leases, when to poll. One SQLite file."""
