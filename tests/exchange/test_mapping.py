"""The real headers of other programs are understood, in whatever case, and corrected by hand."""

from __future__ import annotations

import pytest

from clientele.domain.history import ImportKind
from clientele.exchange.mapping import changed, guess
from clientele.exchange.refusals import FieldMissing, UnknownColumn, UnknownField
from tests.exchange import real_headers as real

CASES: dict[str, tuple[str, ImportKind, dict[str, str]]] = {
    "Shopify customers": (
        real.SHOPIFY_CUSTOMERS,
        ImportKind.CUSTOMERS,
        {
            "reference": "Customer ID",
            "given_name": "First Name",
            "family_name": "Last Name",
            "email": "Email",
            "phone": "Phone+Default Address Phone",
            "street": "Default Address Address1+Default Address Address2",
            "city": "Default Address City",
            "postcode": "Default Address Zip",
            "country": "Default Address Country Code",
            "note": "Note",
            "tags": "Tags",
        },
    ),
    "older Shopify customers": (
        real.SHOPIFY_OLD,
        ImportKind.CUSTOMERS,
        {
            "given_name": "First Name",
            "family_name": "Last Name",
            "email": "Email",
            "phone": "Phone",
            "street": "Address1+Address2",
            "city": "City",
            "postcode": "Zip",
            "country": "Country",
            "note": "Note",
            "tags": "Tags",
        },
    ),
    "Shopify orders": (
        real.SHOPIFY_ORDERS,
        ImportKind.PURCHASES,
        {
            "reference": "Email",
            "receipt": "Name",
            "sold_at": "Created at",
            "item": "Lineitem name",
            "sku": "Lineitem sku",
            "quantity": "Lineitem quantity",
            "unit_price": "Lineitem price",
            "discount": "Lineitem discount",
            "currency": "Currency",
            "associate": "Employee",
            "brand": "Vendor",
            "size": "Lineitem name",
        },
    ),
    "Square customers": (
        real.SQUARE_CUSTOMERS,
        ImportKind.CUSTOMERS,
        {
            "reference": "Square Customer ID",
            "given_name": "First Name",
            "family_name": "Last Name",
            "preferred_name": "Nickname",
            "email": "Email Address",
            "phone": "Phone Number",
            "street": "Street Address 1+Street Address 2",
            "city": "City",
            "postcode": "Postal Code",
            "birthday": "Birthday",
            "note": "Memo",
        },
    ),
    "Square items": (
        real.SQUARE_ITEMS,
        ImportKind.PURCHASES,
        {
            "reference": "Customer ID",
            "receipt": "Transaction ID",
            "sold_at": "Date+Time",
            "department": "Category",
            "item": "Item",
            "sku": "SKU",
            "quantity": "Qty",
            "amount": "Net Sales",
            "associate": "Employee",
            "size": "Price Point Name",
        },
    ),
    "Lightspeed": (
        real.LIGHTSPEED,
        ImportKind.CUSTOMERS,
        {
            "reference": "customer_code",
            "given_name": "first_name",
            "family_name": "last_name",
            "email": "email",
            "phone": "phone+mobile",
            "street": "postal_address1+postal_address2",
            "city": "postal_city",
            "postcode": "postal_postcode",
            "country": "postal_country",
            "birthday": "date_of_birth",
            "tags": "customer_group_name",
            "note": "customer_note",
        },
    ),
    "Lightspeed eCom": (
        real.ECOM,
        ImportKind.CUSTOMERS,
        {
            "reference": "Internal ID",
            "given_name": "Firstname",
            "family_name": "Lastname",
            "email": "E-Mail",
            "phone": "Phone+Mobile",
            "street": "Streetname+Number+Extension+Address 2",
            "city": "City",
            "postcode": "Zipcode",
            "country": "Country",
            "language": "Language",
        },
    ),
    "WooCommerce customers": (
        real.WOO_CUSTOMERS,
        ImportKind.CUSTOMERS,
        {
            "name": "Name",
            "email": "Email",
            "phone": "Billing Phone",
            "city": "City",
            "postcode": "Postal Code",
            "country": "Country / Region",
        },
    ),
    "WooCommerce orders": (
        real.WOO_ORDERS,
        ImportKind.PURCHASES,
        {
            "reference": "Customer",
            "receipt": "Order #",
            "sold_at": "Date",
            "quantity": "Items sold",
            "amount": "Net Sales",
        },
    ),
    "Google": (
        real.GOOGLE,
        ImportKind.CUSTOMERS,
        {
            "given_name": "First Name+Middle Name",
            "family_name": "Last Name",
            "preferred_name": "Nickname",
            "email": "E-mail 1 - Value+E-mail 2 - Value",
            "phone": "Phone 1 - Value",
            "street": "Address 1 - Street",
            "city": "Address 1 - City",
            "postcode": "Address 1 - Postal Code",
            "country": "Address 1 - Country",
            "birthday": "Birthday",
            "note": "Notes",
            "tags": "Labels",
            "phone_labels": "Phone 1 - Label",
            "email_labels": "E-mail 1 - Label+E-mail 2 - Label",
        },
    ),
    "older Google": (
        real.GOOGLE_OLD,
        ImportKind.CUSTOMERS,
        {
            "given_name": "Given Name+Additional Name",
            "family_name": "Family Name",
            "preferred_name": "Nickname",
            "email": "E-mail 1 - Value",
            "tags": "Group Membership",
        },
    ),
    "Outlook": (
        real.OUTLOOK,
        ImportKind.CUSTOMERS,
        {
            "given_name": "First Name+Middle Name",
            "family_name": "Last Name",
            "preferred_name": "Nickname",
            "email": "E-mail Address+E-mail 2 Address",
            "phone": "Mobile Phone+Primary Phone+Home Phone",
            "street": "Home Street+Home Street 2",
            "city": "Home City",
            "postcode": "Home Postal Code",
            "country": "Home Country/Region",
            "birthday": "Birthday",
            "note": "Notes",
            "tags": "Categories",
        },
    ),
    "German": (
        real.GERMAN,
        ImportKind.CUSTOMERS,
        {
            "reference": "Kunden-Nr.",
            "given_name": "Vorname",
            "family_name": "Nachname",
            "email": "E-Mail",
            "phone": "Telefon",
            "street": "Straße",
            "postcode": "PLZ",
            "city": "Ort",
            "country": "Land",
            "birthday": "Geburtsdatum",
            "note": "Bemerkung",
        },
    ),
    "Dutch": (
        real.DUTCH,
        ImportKind.PURCHASES,
        {
            "reference": "Klantnummer",
            "receipt": "Bonnummer",
            "sold_at": "Datum",
            "department": "Afdeling",
            "item": "Artikel",
            "sku": "Artikelnummer",
            "quantity": "Aantal",
            "amount": "Bedrag",
            "associate": "Verkoper",
        },
    ),
    "Lightspeed sales": (
        real.LIGHTSPEED_SALES,
        ImportKind.PURCHASES,
        {
            "reference": "customer_code",
            "receipt": "receipt_number",
            "sold_at": "sale_date",
            "item": "product_name",
            "sku": "sku",
            "brand": "brand_name",
            "size": "size",
            "quantity": "quantity",
            "amount": "line_total",
        },
    ),
    "WooCommerce lines": (
        real.WOO_LINES,
        ImportKind.PURCHASES,
        {
            "reference": "Customer Email",
            "receipt": "Order Number",
            "sold_at": "Order Date",
            "item": "Item Name",
            "sku": "SKU",
            "brand": "pa_brand",
            "size": "attribute_pa_size",
            "quantity": "Quantity",
            "amount": "Line Total",
        },
    ),
    "German sales": (
        real.GERMAN_SALES,
        ImportKind.PURCHASES,
        {
            "reference": "Kunden-Nr.",
            "receipt": "Beleg-Nr.",
            "sold_at": "Belegdatum",
            "item": "Artikel",
            "brand": "Marke",
            "size": "Größe",
            "quantity": "Menge",
            "amount": "Betrag",
        },
    ),
    "Dutch sales": (
        real.DUTCH_SALES,
        ImportKind.PURCHASES,
        {
            "reference": "Klantnr",
            "receipt": "Bonnr",
            "sold_at": "Datum",
            "item": "Omschrijving",
            "brand": "Merk",
            "size": "Maat",
            "quantity": "Aantal",
            "amount": "Bedrag",
        },
    ),
    "French": (
        real.FRENCH,
        ImportKind.PURCHASES,
        {
            "reference": "N° client",
            "receipt": "Numéro de ticket",
            "sold_at": "Date d’achat+Heure",
            "item": "Désignation",
            "quantity": "Qté",
            "amount": "Montant total",
            "associate": "Vendeuse",
        },
    ),
}


def header(names: str) -> tuple[str, ...]:
    return tuple(names.split(";" if ";" in names else ","))


@pytest.mark.parametrize("case", CASES)
def test_real_headers(case: str) -> None:
    names, kind, fields = CASES[case]
    for written in (names, names.upper(), names.replace("_", " ")):
        columns = header(written)
        mapping = guess(columns)
        assert mapping.kind is kind
        found = {field: list(places) for field, places in mapping.columns.items()}
        plain = [name.lower() for name in header(names)]
        wanted = {
            field: [plain.index(name.lower()) for name in columns.split("+")]
            for field, columns in fields.items()
        }
        assert found == wanted
        mapping.check()


def test_our_own_columns() -> None:
    from clientele.exchange.fields import CUSTOMER_FIELDS, PURCHASE_FIELDS

    for kind, fields in (
        (ImportKind.CUSTOMERS, CUSTOMER_FIELDS),
        (ImportKind.PURCHASES, PURCHASE_FIELDS),
    ):
        mapping = guess(fields)
        assert mapping.kind is kind
        assert {field: mapping.names(field) for field in fields} == {f: (f,) for f in fields}


def test_the_reason_of_a_rejects_file_is_no_column() -> None:
    mapping = guess(("reference", "name", "comments", "Reason"), ImportKind.CUSTOMERS)
    assert mapping.names("note") == ("comments",)
    assert 3 not in {place for places in mapping.columns.values() for place in places}


def test_a_correction_by_hand() -> None:
    mapping = guess(("Who", "When", "Clock", "What it cost", "Total"), ImportKind.PURCHASES)
    mapping = changed(
        mapping,
        [
            ("reference", "who"),
            ("sold_at", "When"),
            ("sold_at", "Clock"),
            ("amount", "What it cost"),
        ],
    )
    assert {field: mapping.names(field) for field in mapping.columns} == {
        "reference": ("Who",),
        "sold_at": ("When", "Clock"),
        "amount": ("What it cost",),
    }
    mapping.check()
    with pytest.raises(FieldMissing, match=r"amount.*Who, When, Clock"):
        changed(mapping, [("amount", "")]).check()


def test_what_is_missing_is_named_with_the_columns_that_are_there() -> None:
    with pytest.raises(FieldMissing, match=r"sold_at and amount.*columns: client, cost of it"):
        guess(("client", "cost of it"), ImportKind.PURCHASES).check()
    with pytest.raises(FieldMissing, match=r"a name, email or phone.*columns: City"):
        guess(("City",), ImportKind.CUSTOMERS).check()


def test_unknown_fields_and_columns_are_refused() -> None:
    mapping = guess(("name", "email"))
    with pytest.raises(UnknownField, match=r"“amount” for customers.*reference, given_name"):
        changed(mapping, [("amount", "name")])
    with pytest.raises(UnknownColumn, match=r"“Mail”.*name, email"):
        changed(mapping, [("email", "Mail")])
