"""May it ship? Gates on what was counted, the verdict, and the reports as text."""
