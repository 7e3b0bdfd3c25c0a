"""The operators' desk: accounts, what operators do, its API and pages."""
