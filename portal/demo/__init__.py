"""The demo: invented organisations, people, calls and applications. Nothing else imports it."""
