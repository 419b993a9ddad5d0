"""People: users, units and desks, appointments, auditor mandates. What they may do stands in each app's permissions."""
