"""What a reference looks like in an address; whatever looks otherwise is no page (404), and never reaches the database."""


class ReferenceConverter:
    """Capitals, figures and hyphens, as calls and applications are numbered."""

    regex = "[A-Z0-9-]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
