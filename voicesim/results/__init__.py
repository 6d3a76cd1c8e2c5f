"""What happened, for people and programs: transcripts and, later, histograms."""
