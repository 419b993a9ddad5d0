"""What every app leans on: refusals, the gate, money, moments, claims. No tables."""
