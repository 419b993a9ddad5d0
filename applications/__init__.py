"""Applications: drafts, answers, budget, annexes, and the versions that were handed in."""
