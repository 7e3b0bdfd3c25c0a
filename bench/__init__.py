"""What is measured and not tested: it prints tables, and takes its time."""
