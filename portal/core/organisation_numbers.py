"""Numbers that identify an organisation and its account: checked and shown. Whom they belong to is not known here."""

from django.utils.translation import gettext as _
from stdnum import iban
from stdnum.be import vat
from stdnum.exceptions import ValidationError


class WrongNumber(ValueError):
    """The number cannot exist; the text says which kind it should be."""


def clean_enterprise_number(text: str) -> str:
    """The ten figures of a Belgian enterprise number (KBO/BCE), from any usual way of writing it.

    Accepts dots, spaces, BE and the old nine figures. First figure 0 or 1; the last two are 97 minus the first eight
    modulo 97, hence never 00. Source of the rule: docs/process.md, section 11.
    """
    try:
        number = vat.validate(text) if len(text) <= 40 else ""
    except ValidationError:
        number = ""
    # 97 minus a remainder is 1 to 97; the library would also take 00 for a remainder of 0.
    if not number or number.endswith("00"):
        raise WrongNumber(_("This is not an enterprise number. It has ten figures, for example 0403.019.261."))
    return number


def show_enterprise_number(number: str) -> str:
    """ "0403.019.261"."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def clean_iban(text: str) -> str:
    """The bank account number (IBAN) without spaces, in capitals, when its length and check figures are right.

    The library's list of Belgian banks refuses valid numbers, so it is not asked.
    """
    try:
        if len(text) > 60:
            raise ValidationError
        return str(iban.validate(text, check_country=False))
    except ValidationError as trouble:
        raise WrongNumber(_("This is not a bank account number (IBAN). Check the figures one by one.")) from trouble


def show_iban(number: str) -> str:
    """ "BE68 5390 0754 7034", in groups of four with non-breaking spaces."""
    return "\u00a0".join(number[start : start + 4] for start in range(0, len(number), 4))
