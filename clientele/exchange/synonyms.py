"""By which names do other programs, and people, call the columns that a client book needs?

Each field has the names by which it is known, the surest first. Case, accents, punctuation and
spacing do not matter (see ``plain_name``), ``#`` stands for a number. The names of Shopify,
Square, Lightspeed, WooCommerce, Google and Outlook are their real export headers; the others are
what people write in English, German, Dutch and French.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from clientele.domain.history import ImportKind


def plain_name(column: str) -> str:
    """A column's name without case, accents, punctuation, apostrophes and a byte-order mark."""
    bare = unicodedata.normalize("NFKD", column.replace("ß", "ss").replace("\ufeff", ""))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign)).casefold()
    bare = re.sub(r"[’'`]", "", bare).replace("#", " number ")
    return re.sub(r"[\W_]+", " ", bare).strip()


def _table(text: str) -> Mapping[str, tuple[str, ...]]:
    """Fields and their names, from lines of ``field: name, name`` and further indented names."""
    table: dict[str, list[str]] = {}
    field = ""
    for line in text.strip().splitlines():
        head, _, names = line.rpartition(":")
        if head:
            field = head
            table[field] = []
        table[field] += [plain_name(name) for name in names.split(",") if name.strip()]
    return {field: tuple(dict.fromkeys(names)) for field, names in table.items()}


_CUSTOMERS: Final = _table("""
reference: reference, square customer id, customer id, customer_code, internal id, reference id,
    client reference, client id, client number, client no, customer reference, customer number,
    customer no, customer code, account number, contact id, household id, member number,
    kundennummer, kunden nr, kundennr, kunden id, kundenreferenz, debitor, debitorennummer,
    klantnummer, klantnr, klant id, klantcode, relatienummer, debiteurnummer, numéro client,
    n° client, no client, code client, id client, référence, référence client
given_name: given name, first name, firstname, first, forename, christian name, middle name,
    additional name, vorname, voornaam, prénom
family_name: family name, last name, lastname, surname, last, nachname, familienname, zuname,
    achternaam, familienaam, nom de famille
preferred_name: preferred name, nickname, known as, called, rufname, spitzname, roepnaam, surnom,
    prénom usuel
name: name, full name, client, customer, client name, customer name, contact name, display name,
    file as, kunde, kundenname, klant, klantnaam, naam, nom, nom complet, nom du client
email: email, e-mail, email address, e-mail address, mail, e mail # value, e mail # address,
    e-mailadresse, mailadresse, e-mailadres, mailadres, courriel, adresse e-mail, adresse mail,
    adresse électronique
phone: phone, mobile phone, mobile, phone number, primary phone, telephone, telephone number,
    tel, cell, cell phone, mobile number, billing phone, default address phone, phone # value,
    home phone, home phone #, business phone, business phone #, other phone, car phone,
    company main phone, telefon, telefonnummer, handy, handynummer, mobil, mobiltelefon,
    mobilnummer, rufnummer, telefoon, telefoonnummer, mobiel, mobiel nummer, gsm, téléphone,
    portable, mobile téléphone, numéro de téléphone, téléphone portable
language: language, spoken_language, spoken language, preferred language, sprache, taal, langue,
    locale, lang
time_zone: time zone, zone_of_time, timezone, zeitzone, tijdzone, fuseau horaire
phone_labels: labels_of_phones, phone labels, phone # label, phone # type
email_labels: labels_of_emails, email labels, e mail # label, e mail # type
birthday: birthday, birth date, birthdate, date_of_birth, dob, date of birth, born,
    birth date customer metafields facts birth_date, geburtstag, geburtsdatum, verjaardag,
    geboortedatum, geboren, date de naissance, anniversaire, né le
tags: tags, tag, labels, categories, category, group membership, customer_group_name,
    customer group, groups, keywords, schlagworte, kategorien, gruppe, gruppen, labels klant,
    groepen, groep, étiquettes, catégories
note: note, notes, memo, customer_note, remarks, remark, comment, comments, notiz, notizen,
    bemerkung, bemerkungen, notitie, notities, opmerking, opmerkingen, remarque, remarques,
    commentaire
""")

ADDRESS: Final = _table("""
street: street, street address, address, address1, address 1, address line 1, street address 1,
    streetname, strasse, strasse und hausnummer, anschrift, adresse, straat,
    straat en huisnummer, straatnaam, adres, rue, rue et numéro, number, house number,
    hausnummer, huisnummer, extension, toevoeging, address2, address 2, address line 2,
    street address 2, street 2, street 3
city: city, town, suburb, ort, stadt, wohnort, plaats, woonplaats, stad, ville
postcode: postcode, postal code, zip, zip code, zipcode, post code, plz, postleitzahl,
    code postal
country: country, country code, country region, country name, land, pays
""")

ADDRESS_PREFIXES: Final = (
    "",
    "default address",
    "home",
    "address number",
    "postal",
    "physical",
    "billing",
    "business",
    "shipping",
    "other",
)
"""What stands before an address column; all columns of an address come from one of these."""

_PURCHASES: Final = _table("""
reference: reference, client reference, customer reference, square customer id, customer id,
    customer reference id, client id, customer_code, customer code, customer number, customer no,
    client number, client no, household, household id, household_id, customer email,
    client email, email, customer, client, customer name, kundennummer, kunden nr, kundennr,
    kunden id, kunde, klantnummer, klantnr, klant id, klantcode, klant, numéro client, n° client,
    no client, code client, id client, référence client, client
receipt: receipt, receipt number, receipt no, receipt id, transaction id, transaction, ticket,
    ticket number, basket, basket id, basket_id, order number, order no, order id, order,
    invoice, invoice number, sale id, name, bon, bonnummer, belegnummer, beleg, beleg nr,
    belegnr, rechnungsnummer, quittung, auftragsnummer, kassabon, kassabonnummer, bonnr,
    ordernummer, factuurnummer, transactienummer, ticket de caisse, numéro de ticket, n° ticket,
    numéro de commande, facture, numéro de facture
sold_at: sold_at, sold at, created at, purchased at, date time, datetime, timestamp,
    transaction timestamp, sale date, date of sale, order date, purchase date, transaction date,
    paid at, date, verkauft am, verkaufsdatum, datum, kaufdatum, belegdatum, rechnungsdatum,
    bestelldatum, datum und uhrzeit, verkocht op, verkoopdatum, aankoopdatum, besteldatum,
    factuurdatum, vendu le, date de vente, date d'achat, date de commande
department: department, dept, category, product category, lineitem category, product type,
    abteilung, warengruppe, kategorie, afdeling, categorie, productgroep, rayon, département,
    catégorie
item: item, lineitem name, product, product name, article, item name, description, products,
    artikel, artikelname, artikelbezeichnung, bezeichnung, produkt, produktname, artikelnaam,
    omschrijving, product naam, productnaam, article vendu, désignation, produit, libellé
sku: sku, lineitem sku, article number, item number, product code, product id, product_id, gtin,
    ean, upc, barcode, artikelnummer, artikel nr, artikelnr, artikelcode, référence article,
    code article, réf article, code barres
quantity: quantity, qty, lineitem quantity, count, items sold, units, pieces, menge, anzahl,
    stück, aantal, hoeveelheid, quantité, qté, nombre
amount: amount, line total, total amount, net sales, sales value, sales_value, line amount, sum,
    price paid, gross sales, n revenue formatted, total, betrag, summe, gesamt, gesamtbetrag,
    gesamtpreis, zeilensumme, umsatz, bedrag, totaal, regeltotaal, totaalbedrag, omzet, montant,
    montant total, total ligne, somme
currency: currency, currency code, währung, munt, valuta, muntsoort, devise, monnaie
associate: associate, employee, staff name, sales associate, salesperson, sales person, seller,
    sold by, cashier, staff, verkäufer, verkäuferin, mitarbeiter, verkoper, verkoopster,
    medewerker, vendeur, vendeuse, conseiller
brand: brand, brand name, lineitem brand, item brand, product brand, product_brand, pa_brand,
    attribute pa_brand, attribute brand, marke, markenname, merk, merknaam, marque, designer,
    manufacturer, manufacturer name, hersteller, fabrikant, fabricant, vendor, lineitem vendor,
    product vendor
size: size, size name, item size, product size, lineitem size, pa_size, attribute pa_size,
    attribute size, größe, groesse, konfektionsgröße, schuhgröße, kleidergröße, maat, kledingmaat,
    schoenmaat, maatvoering, taille, pointure, variant size, variation size, price point name,
    variation, variation name, item variation, variant, variant title, variant name,
    lineitem variant, lineitem variant title, variante, variatie, attributes, product attributes,
    lineitem name
unit_price: unit_price, unit price, lineitem price, price, price each, einzelpreis, stückpreis,
    preis, stukprijs, prijs per stuk, prijs, prix unitaire, prix
discount: discount, lineitem discount, line discount, rabatt, korting, remise
""")

WEAK_AMOUNTS: Final = frozenset(("total", "n revenue formatted"))
"""Names of amounts that stand for the whole order where the file also has a price per line."""

TIME_COLUMNS: Final = frozenset(
    map(plain_name, ("time", "time of day", "uhrzeit", "zeit", "tijd", "tijdstip", "heure"))
)
"""Columns that hold the time where the day stands in one of its own."""

SYNONYMS: Final = {ImportKind.CUSTOMERS: _CUSTOMERS, ImportKind.PURCHASES: _PURCHASES}


def numbered(name: str) -> str:
    """A plain name with each number spelled out: ``e mail 2 value`` is ``e mail number value``."""
    return re.sub(r"\b\d+\b", "number", name)
