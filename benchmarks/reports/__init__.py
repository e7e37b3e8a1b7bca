"""Every report beside the same question in SQL written by hand, over the same files."""
