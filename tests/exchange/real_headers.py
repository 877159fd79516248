"""The first rows of files as other programs, and people, write them."""

from __future__ import annotations

SHOPIFY_CUSTOMERS = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
    "Default Address Address1,Default Address Address2,Default Address City,"
    "Default Address Province Code,Default Address Country Code,Default Address Zip,"
    "Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,"
    "Total Orders,Note,Tax Exempt,Tags"
)
SHOPIFY_OLD = (
    "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,"
    "Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,"
    "Tags,Note,Tax Exempt"
)
SHOPIFY_ORDERS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
    "Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,"
    "Lineitem sku,Billing Name,Billing Street,Notes,Cancelled at,Vendor,Employee,Location,Id,Tags,"
    "Lineitem discount,Phone,Receipt Number"
)
SQUARE_CUSTOMERS = (
    "Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,"
    "Street Address 1,Street Address 2,City,State,Postal Code,Birthday,Memo,Square Customer ID,"
    "Creation Source,First Visit,Last Visit,Transaction Count,Lifetime Spend"
)
SQUARE_ITEMS = (
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,"
    "Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,"
    "Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,"
    "Employee,Token"
)
LIGHTSPEED = (
    "customer_code,first_name,last_name,customer_group_name,company_name,date_of_birth,sex,"
    "postal_address1,postal_address2,postal_suburb,postal_city,postal_postcode,postal_state,"
    "postal_country,physical_address1,physical_city,phone,fax,mobile,website,email,customer_note"
)
ECOM = (
    "Internal ID,Registered,Language,Firstname,LastnamePreposition,Lastname,E-Mail,Phone,Mobile,"
    "Company,Streetname,Address 2,Number,Extension,Zipcode,City,Region,Country,Shipping Streetname"
)
WOO_CUSTOMERS = (
    "Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,"
    "Postal Code,Billing Phone,Shipping Phone,Role"
)
WOO_ORDERS = (
    "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,"
    "Coupon(s),Net Sales,Attribution"
)
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Nickname,File As,Organization Name,"
    "Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,"
    "E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Street,"
    "Address 1 - City,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,"
    "Website 1 - Value"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Nickname,Group Membership,E-mail 1 - Value"
)
OUTLOOK = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,E-mail Address,E-mail 2 Address,"
    "Primary Phone,Home Phone,Mobile Phone,Home Fax,Home Street,Home Street 2,Home City,"
    "Home Postal Code,Home Country/Region,Business Street,Business City,Department,Birthday,Notes,"
    "Categories"
)
GERMAN = "Kunden-Nr.;Vorname;Nachname;E-Mail;Telefon;Straße;PLZ;Ort;Land;Geburtsdatum;Bemerkung"
DUTCH = "Klantnummer;Bonnummer;Datum;Afdeling;Artikel;Artikelnummer;Aantal;Bedrag;Verkoper"
LIGHTSPEED_SALES = (
    "customer_code,receipt_number,sale_date,product_name,sku,brand_name,size,quantity,line_total"
)
WOO_LINES = (
    "Order Number,Order Date,Customer Email,Item Name,SKU,Quantity,Line Total,"
    "attribute_pa_size,pa_brand"
)
GERMAN_SALES = "Kunden-Nr.;Beleg-Nr.;Belegdatum;Artikel;Marke;Größe;Menge;Betrag"
DUTCH_SALES = "Klantnr;Bonnr;Datum;Omschrijving;Merk;Maat;Aantal;Bedrag"
FRENCH = "N° client;Numéro de ticket;Date d’achat;Heure;Désignation;Qté;Montant total;Vendeuse"
