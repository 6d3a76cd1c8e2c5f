"""Who rings: persona, goal, dialogue, speech and a safe identity."""
