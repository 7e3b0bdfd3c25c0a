"""What one runs now and then while working on the project."""
