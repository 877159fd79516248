"""The fields of an import in words for people."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

CONTEXT = "import fields"

_WORDS = {
    "reference": QT_TRANSLATE_NOOP("import fields", "Client number"),
    "name": QT_TRANSLATE_NOOP("import fields", "Whole name"),
    "given_name": QT_TRANSLATE_NOOP("import fields", "Given name"),
    "family_name": QT_TRANSLATE_NOOP("import fields", "Family name"),
    "preferred_name": QT_TRANSLATE_NOOP("import fields", "Preferred name"),
    "email": QT_TRANSLATE_NOOP("import fields", "E-mail"),
    "phone": QT_TRANSLATE_NOOP("import fields", "Phone"),
    "street": QT_TRANSLATE_NOOP("import fields", "Street"),
    "city": QT_TRANSLATE_NOOP("import fields", "City"),
    "postcode": QT_TRANSLATE_NOOP("import fields", "Postcode"),
    "country": QT_TRANSLATE_NOOP("import fields", "Country"),
    "birthday": QT_TRANSLATE_NOOP("import fields", "Birthday"),
    "tags": QT_TRANSLATE_NOOP("import fields", "Tags"),
    "note": QT_TRANSLATE_NOOP("import fields", "Note"),
    "receipt": QT_TRANSLATE_NOOP("import fields", "Receipt"),
    "sold_at": QT_TRANSLATE_NOOP("import fields", "Day and time"),
    "department": QT_TRANSLATE_NOOP("import fields", "Department"),
    "item": QT_TRANSLATE_NOOP("import fields", "Article"),
    "sku": QT_TRANSLATE_NOOP("import fields", "Article number"),
    "quantity": QT_TRANSLATE_NOOP("import fields", "Quantity"),
    "amount": QT_TRANSLATE_NOOP("import fields", "Amount of the line"),
    "currency": QT_TRANSLATE_NOOP("import fields", "Currency"),
    "associate": QT_TRANSLATE_NOOP("import fields", "Associate"),
    "unit_price": QT_TRANSLATE_NOOP("import fields", "Price of one"),
    "brand": QT_TRANSLATE_NOOP("import fields", "Brand"),
    "size": QT_TRANSLATE_NOOP("import fields", "Size"),
    "language": QT_TRANSLATE_NOOP("import fields", "Language"),
    "time_zone": QT_TRANSLATE_NOOP("import fields", "Time zone"),
    "phone_labels": QT_TRANSLATE_NOOP("import fields", "Labels of telephones"),
    "email_labels": QT_TRANSLATE_NOOP("import fields", "Labels of e-mails"),
    "discount": QT_TRANSLATE_NOOP("import fields", "Discount"),
}


def field_words(field: str) -> str:
    """What a field is called, in the reader's language."""
    return QCoreApplication.translate(CONTEXT, str(_WORDS[field]))
