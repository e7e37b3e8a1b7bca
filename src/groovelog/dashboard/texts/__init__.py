"""Every sentence the pages say, a module for each kind; one with a claim is made from a report's values."""
