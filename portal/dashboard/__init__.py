"""What waits for each person, read across the apps. Decides nothing and writes nothing."""
