"""Lists that others keep, with validity dates: sectors, goals, territories, legal bases and legal texts. No choices of ours."""
