"""Lists that others keep, with validity dates: sectors, goals, territories, law. Choices of ours are not here."""
