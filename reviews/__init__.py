"""From the opened file to the notified decision: screening, assignments, conflicts, scores, proposals, decisions."""
