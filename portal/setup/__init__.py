"""What a working copy needs before Django can start: packages, fonts, catalogues, keys. Nothing here imports Django."""
