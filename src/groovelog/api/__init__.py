"""What programs ask over HTTP, beside the pages of the dashboard."""
