"""Rows of real files become lines and customers; each bad row has a reason in plain words."""

from __future__ import annotations

from pathlib import Path

from clientele.domain.rules.dates import PartialDate
from clientele.exchange.customer_rows import split_name
from tests.exchange.files import NEW_YORK, customers, planned, purchases

CARD = "4111 1111 1111 1111"


def test_the_least_that_a_purchase_needs(tmp_path: Path) -> None:
    lines, bad = purchases(planned(tmp_path, "client,date,total\n900,2026-05-01,12.50\n"))
    assert not bad
    line = lines[0]
    assert (line.reference, line.receipt, line.sold_on) == ("900", "", "2026-05-01")
    assert (line.department, line.item, line.sku, line.associate) == ("Other", "", "", "")
    assert (line.quantity, line.amount, line.currency) == (1000, 1250, "EUR")


def test_a_german_export_of_excel(tmp_path: Path) -> None:
    text = (
        "Kundennummer;Belegnummer;Datum;Abteilung;Artikel;Menge;Betrag;Währung;Verkäuferin\r\n"
        "12;B-7;01.05.2026 14:30;Schuhe;Müßiggänger 43;1,5;1.234,50 €;EUR;Grete\r\n"
        "12;B-7;01.05.2026 14:30;Schuhe;Schuhcreme;1;-9,90;EUR;\r\n"
    )
    lines, bad = purchases(planned(tmp_path, text, encoding="cp1252"))
    assert not bad
    assert [(x.item, x.quantity, x.amount, x.associate) for x in lines] == [
        ("Müßiggänger 43", 1500, 123450, "Grete"),
        ("Schuhcreme", 1000, -990, ""),
    ]
    assert lines[0].sold_at == "2026-05-01 12:30:00.000000"


def test_further_lines_of_a_shopify_order(tmp_path: Path) -> None:
    text = (
        "Name,Email,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
        "Lineitem sku,Lineitem discount,Employee\n"
        "#1001,ada@example.org,USD,95.00,2026-05-01 10:00:00 +0200,2,Scarf,30.00,'0012,5.00,Ann\n"
        "#1001,ada@example.org,,,,1,Belt,40.00,,0.00,\n"
        "#1002,,EUR,5.00,2026-05-02 10:00:00 +0200,1,Socks,5.00,,,\n"
    )
    lines, bad = purchases(planned(tmp_path, text))
    assert [(x.receipt, x.item, x.sku, x.amount, x.currency, x.associate) for x in lines] == [
        ("#1001", "Scarf", "0012", 5500, "USD", "Ann"),
        ("#1001", "Belt", "", 4000, "USD", "Ann"),
    ]
    assert lines[1].sold_at == "2026-05-01 08:00:00.000000"
    assert bad == ["no client is named (reference is empty)"]


def test_square_dates_times_and_money(tmp_path: Path) -> None:
    text = (
        "Date,Time,Time Zone,Category,Item,Qty,Net Sales,Transaction ID,Customer ID\n"
        '05/13/26,3:05:09 PM,Eastern Time (US & Canada),Ties,Bow tie,1.0,"$1,234.56",T1,C1\n'
        "05/02/26,3:05:09 PM,Eastern Time (US & Canada),Ties,Bow tie,-1.0,-$27.00,T2,C1\n"
    )
    plan = planned(tmp_path, text, store=NEW_YORK)
    lines, bad = purchases(plan)
    assert not bad
    assert not plan.doubts
    assert [(x.sold_at, x.quantity, x.amount) for x in lines] == [
        ("2026-05-13 19:05:09.000000", 1000, 123456),
        ("2026-05-02 19:05:09.000000", -1000, -2700),
    ]


def test_reasons_of_bad_purchases(tmp_path: Path) -> None:
    text = (
        "reference,sold_at,amount,item,currency,sku\n"
        "1,2026-05-01,1.00,Coat,EUR,4006381333931\n"
        ",2026-05-01,1.00,Coat,EUR,\n"
        "1,soon,1.00,Coat,EUR,\n"
        "1,2026-05-01,much,Coat,EUR,\n"
        "1,2026-05-01,1.00,Coat,XQX,\n"
        f"1,2026-05-01,1.00,paid with {CARD},EUR,\n"
        "1,2026-05-01,1.00,Coat, long,EUR,1\n"
        "1,2026-05-01,1.00\n"
        '1,2026-05-01,"1.00,Coat,EUR,\n'
        "2,2026-05-01,1.00,Coat,EUR,\n"
    )
    lines, bad = purchases(planned(tmp_path, text))
    assert [line.reference for line in lines] == ["1", "1", "2"]
    assert bad == [
        "no client is named (reference is empty)",
        "“soon” is not a date",
        "“much” is not an amount",
        "“XQX” is not a currency",
        "item holds what looks like a card number, which is never kept",
        "the row has 7 cells where the header has 6",
        "a quotation mark is opened and not closed",
    ]


def test_a_column_that_says_far_down_which_comes_first(tmp_path: Path) -> None:
    rows = "1,03/04/2026,5.00\n" * 5_000
    plan = planned(tmp_path, f"reference,sold_at,amount\n{rows}1,04/13/2026,5.00\n")
    assert not plan.doubts
    assert purchases(plan)[0][0].sold_on == "2026-03-04"


def test_what_nothing_decides_is_said(tmp_path: Path) -> None:
    plan = planned(tmp_path, 'reference,When sold,amount\n1,03/04/2026,"1,234"\n', columns=(
        ("sold_at", "When sold"),
    ))  # fmt: skip
    said = [doubt.sentence for doubt in plan.doubts]
    assert said == [
        "In “amount” nothing tells whether “1,234” is a thousand or one and a bit; "
        "it is read with “.” before the decimals.",
        "In “When sold” nothing tells whether the day or the month stands first; "
        "the day is read first.",
    ]
    assert purchases(plan)[0][0].sold_on == "2026-04-03"


def test_a_google_contact(tmp_path: Path) -> None:
    text = (
        "First Name,Middle Name,Last Name,Nickname,Birthday,Notes,Labels,E-mail 1 - Value,"
        "E-mail 2 - Value,Phone 1 - Value,Address 1 - Street,Address 1 - City,"
        "Address 1 - Postal Code,Address 1 - Country\n"
        "Ada,King,Lovelace,Countess,--12-10,Likes emerald ::: Ring size 6,* myContacts ::: Navy,"
        "ada@example.org ::: Ada@Work.org,,020 123 4567 ::: +31 6 12345678,"
        "Herengracht 1,Amsterdam,'1015BA,NL\n"
    )
    rows, bad = customers(planned(tmp_path, text))
    assert not bad
    ada = rows[0]
    assert (ada.given_name, ada.family_name, ada.preferred_name) == (
        "Ada King",
        "Lovelace",
        "Countess",
    )
    assert [(x.kind, x.value, x.normalised) for x in ada.contacts] == [
        ("email", "ada@example.org", "ada@example.org"),
        ("email", "Ada@Work.org", "ada@work.org"),
        ("phone", "020 123 4567", "+31201234567"),
        ("phone", "+31 6 12345678", "+31612345678"),
    ]
    assert ada.birthday == PartialDate(12, 10)
    assert ada.tags == ("Navy",)
    assert ada.notes == ("Likes emerald", "Ring size 6")
    assert (ada.street, ada.city, ada.postcode, ada.country) == (
        "Herengracht 1",
        "Amsterdam",
        "1015BA",
        "NL",
    )


def test_an_address_in_pieces_and_apostrophes_of_shopify(tmp_path: Path) -> None:
    text = (
        "Internal ID,Firstname,Lastname,Phone,Streetname,Number,Extension,Address 2\n"
        "'7210448301122,Jan,'s Jacob,'+31612345678,'t Zand,12,b,Rear house\n"
    )
    row = customers(planned(tmp_path, text))[0][0]
    assert row.reference == "7210448301122"
    assert row.family_name == "'s Jacob"
    assert row.contacts[0].value == "+31612345678"
    assert row.street == "'t Zand 12, b, Rear house"


def test_reasons_of_bad_customers(tmp_path: Path) -> None:
    text = (
        "name,email,phone,birthday,note,tags\n"
        "Anna Vos,not-an-address,,,,\n"
        "Anna Vos,,nine,,,\n"
        "Anna Vos,,,31 Feb,,\n"
        f"Anna Vos,,,,pays with {CARD},\n"
        f"{CARD},,,,,\n"
        f"Anna Vos,,{CARD},,,\n"
        ",,,1968-11-27,no name at all,\n"
        "Anna Vos,,+49 176 12345678,,,\n"
    )
    rows, bad = customers(planned(tmp_path, text))
    assert len(rows) == 1
    assert bad == [
        "“not-an-address” is not an e-mail address",
        "“nine” is not a telephone number",
        "“31 Feb” is not a birthday",
        "note holds what looks like a card number, which is never kept",
        "name holds what looks like a card number, which is never kept",
        "phone holds what looks like a card number, which is never kept",
        "the row has no reference, name, e-mail address or telephone number",
    ]


def test_names_in_one_cell() -> None:
    assert split_name("Anna Vos") == ("Anna", "Vos")
    assert split_name("Anna Maria de Vries") == ("Anna Maria", "de Vries")
    assert split_name("van der Berg, Jan") == ("Jan", "van der Berg")
    assert split_name("Ludwig van Beethoven") == ("Ludwig", "van Beethoven")
    assert split_name(" Cher ") == ("", "Cher")
    assert split_name("") == ("", "")
