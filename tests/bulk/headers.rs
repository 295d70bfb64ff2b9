//! Headers as people write them: known by their words in eight languages, and asked about where they could pay what nobody meant.

use giftcard_partners::bulk::{Certainty, ImportReport, ImportSettings};
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links, PhysicalShipment};
use serde_json::Value;

use super::{import, issues, links, rejected, unnamed};

fn mapped(order_type: OrderType, columns: &str) -> ImportSettings {
    let mut settings = ImportSettings::new(order_type);
    settings.read_columns(columns.as_bytes()).unwrap();
    settings
}

/// The field that a column is read as, and how sure that is.
fn field_of(order_type: OrderType, header: &str) -> (Option<&'static str>, Certainty) {
    let report = import(
        ImportSettings::new(order_type),
        format!("{header};Team\nx;y\n"),
    );
    let (_, field, certainty) = report.columns().next().unwrap();
    (field, certainty)
}

fn columns(report: &ImportReport) -> Vec<(String, String, &'static str)> {
    let columns = report.columns();
    columns
        .map(|(header, field, certainty)| {
            (
                header.to_owned(),
                field.unwrap_or("-").to_owned(),
                certainty.as_str(),
            )
        })
        .collect()
}

#[test]
fn an_email_column_is_known_by_its_words() {
    for header in [
        "Email",
        "E-mail",
        "e_mail",
        "EMAIL ADDRESS",
        "Email Addresses",
        "Work Email",
        "Work E-mail Address",
        "Business Email",
        "Recipient Email",
        "Recipient's e-mail",
        "Employee Email Address",
        "emailAddress",
        "recipient_email",
        "Email (work)",
        "Email ID",
        "Mail",
        "Contact Email",
        "Personal Email",
        "Primary Email",
        "E-Mail-Adresse",
        "Emailadresse",
        "E-Mail des Empfängers",
        "Adresse e-mail",
        "Courriel",
        "Adresse de courriel",
        "E-mail du destinataire",
        "Correo electrónico",
        "Correo",
        "Dirección de correo electrónico",
        "Indirizzo e-mail",
        "Email del destinatario",
        "Endereço de e-mail",
        "E-mailadres",
        "E-mailadres ontvanger",
        "Adres e-mail",
        "E-mail odbiorcy",
        "Email*",
    ] {
        assert_eq!(
            field_of(DigitalDelivery, header),
            (Some("email"), Certainty::Sure),
            "{header}"
        );
    }
    for header in [
        "Manager Email",
        "Supervisor's e-mail",
        "Email (manager)",
        "Email status",
        "Emergency contact email",
        "CC email",
        "Vorgesetzter E-Mail",
        "Company",
    ] {
        assert_eq!(
            field_of(DigitalDelivery, header),
            (None, Certainty::None),
            "{header}"
        );
    }
    assert_eq!(
        field_of(DigitalDelivery, "Sender email").0,
        Some("fromEmail")
    );
}

#[test]
fn an_amount_column_is_known_by_its_words() {
    for header in [
        "Value",
        "Amount",
        "Gift Amount",
        "Gift Amount (USD)",
        "Gift Card Amount",
        "Card Value",
        "Card Amount",
        "Face Value",
        "Reward Amount",
        "Award Value",
        "Denomination",
        "Amount USD",
        "Value €",
        "Amount per card",
        "Voucher value",
        "gift_card_value",
        "giftAmount",
        "Betrag",
        "Wert",
        "Gutscheinwert",
        "Kartenwert",
        "Geschenkbetrag",
        "Betrag in EUR",
        "Nennwert",
        "Montant",
        "Montant (€)",
        "Valeur",
        "Montant de la carte",
        "Valeur du bon",
        "Importe",
        "Valor",
        "Valor de la tarjeta",
        "Monto",
        "Importo",
        "Valore",
        "Importo buono",
        "Valor do cartão",
        "Bedrag",
        "Waarde",
        "Waarde cadeaukaart",
        "Kwota",
        "Wartość",
        "Kwota (zł)",
        "Wartość karty",
        "Amount*",
    ] {
        assert_eq!(
            field_of(Links, header),
            (Some("value"), Certainty::Sure),
            "{header}"
        );
    }
    for header in [
        "Gift Amt",
        "Amt",
        "Total amount",
        "Tax Amount",
        "Amount due",
        "Order value",
        "Montant HT",
    ] {
        assert_eq!(field_of(Links, header).0, Some("value"), "{header}");
        assert_ne!(field_of(Links, header).1, Certainty::Sure, "{header}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn the_other_columns_are_known_by_their_words() {
    for (header, field) in [
        ("Qty", "quantity"),
        ("Anzahl", "quantity"),
        ("Menge", "quantity"),
        ("Anzahl der Karten", "quantity"),
        ("Quantité", "quantity"),
        ("Nombre de cartes", "quantity"),
        ("Cantidad", "quantity"),
        ("Quantità", "quantity"),
        ("Quantidade", "quantity"),
        ("Aantal", "quantity"),
        ("Aantal kaarten", "quantity"),
        ("Ilość", "quantity"),
        ("Liczba kart", "quantity"),
        ("Product ID", "product"),
        ("Produkt", "product"),
        ("Produkt-Nr.", "product"),
        ("Produit", "product"),
        ("Code produit", "product"),
        ("Producto", "product"),
        ("Prodotto", "product"),
        ("Produto", "product"),
        ("SKU", "product"),
        ("Product Name", "product"),
        ("Phone Number", "sms"),
        ("Mobile", "sms"),
        ("Cell Phone", "sms"),
        ("Handynummer", "sms"),
        ("Telefon", "sms"),
        ("Numéro de téléphone", "sms"),
        ("Portable", "sms"),
        ("Teléfono móvil", "sms"),
        ("Cellulare", "sms"),
        ("Telemóvel", "sms"),
        ("Celular", "sms"),
        ("Mobiel nummer", "sms"),
        ("Numer telefonu", "sms"),
        ("SMS", "sms"),
        ("Name", "to"),
        ("Full Name", "to"),
        ("Recipient Name", "to"),
        ("Employee name", "to"),
        ("Name des Empfängers", "to"),
        ("Nom complet", "to"),
        ("Nom et prénom", "to"),
        ("Nombre", "to"),
        ("Nombre y apellidos", "to"),
        ("Nome e cognome", "to"),
        ("Naam", "to"),
        ("Imię i nazwisko", "to"),
        ("To", "to"),
        ("First and last name", "to"),
        ("From", "fromName"),
        ("Sender Name", "fromName"),
        ("Absender", "fromName"),
        ("Expéditeur", "fromName"),
        ("Remitente", "fromName"),
        ("Mittente", "fromName"),
        ("Afzender", "fromName"),
        ("Nadawca", "fromName"),
        ("Gift Message", "message"),
        ("Nachricht", "message"),
        ("Mensaje", "message"),
        ("Messaggio", "message"),
        ("Mensagem", "message"),
        ("Bericht", "message"),
        ("Wiadomość", "message"),
        ("Grußtext", "message"),
        ("Delivery Date", "deliveryDate"),
        ("Send date", "deliveryDate"),
        ("Versanddatum", "deliveryDate"),
        ("Date d'envoi", "deliveryDate"),
        ("Fecha de envío", "deliveryDate"),
        ("Data di consegna", "deliveryDate"),
        ("Data de entrega", "deliveryDate"),
        ("Leverdatum", "deliveryDate"),
        ("Data wysyłki", "deliveryDate"),
        ("External ID", "externalId"),
        ("Language", "culture"),
        ("Branding ID", "brandingId"),
    ] {
        assert_eq!(
            field_of(Links, header),
            (Some(field), Certainty::Sure),
            "{header}"
        );
    }
    for (header, field) in [
        ("Name", "name"),
        ("To", "to"),
        ("Straße", "addressLine1"),
        ("Street Address", "addressLine1"),
        ("Address 1", "addressLine1"),
        ("Adresse", "addressLine1"),
        ("Rue", "addressLine1"),
        ("Calle", "addressLine1"),
        ("Indirizzo", "addressLine1"),
        ("Endereço", "addressLine1"),
        ("Adres", "addressLine1"),
        ("Ulica", "addressLine1"),
        ("Ort", "city"),
        ("Ville", "city"),
        ("Ciudad", "city"),
        ("Città", "city"),
        ("Cidade", "city"),
        ("Plaats", "city"),
        ("Miasto", "city"),
        ("PLZ", "zip"),
        ("Postleitzahl", "zip"),
        ("Code postal", "zip"),
        ("Código postal", "zip"),
        ("CAP", "zip"),
        ("CEP", "zip"),
        ("Postcode", "zip"),
        ("Kod pocztowy", "zip"),
        ("Zip Code", "zip"),
        ("State/Province", "state"),
        ("Bundesland", "state"),
        ("Provincia", "state"),
        ("Estado", "state"),
        ("Land", "country"),
        ("Pays", "country"),
        ("País", "country"),
        ("Paese", "country"),
        ("Kraj", "country"),
        ("Country Code", "country"),
        ("Shipping Method", "shippingMethodId"),
    ] {
        assert_eq!(
            field_of(PhysicalShipment, header),
            (Some(field), Certainty::Sure),
            "{header}"
        );
    }
    for header in [
        "Team",
        "Hire Date",
        "Birth date",
        "Company Name",
        "Job Title",
        "Notes",
        "No.",
        "#",
        "Row",
        "Manager name",
        "Department",
        "Username",
        "Date",
        "ID",
        "Address line 2",
    ] {
        let (field, certainty) = field_of(Links, header);
        assert_eq!((field, certainty), (None, Certainty::None), "{header}");
    }
}

#[test]
fn what_is_likely_is_read_unless_it_is_money_or_a_product() {
    let report = links("Preferred name,Product,Value\nAnn,CVS,25\n");
    assert_eq!(unnamed(&report)[0]["Personalization"]["To"], "Ann");
    assert_eq!(
        columns(&report)[0],
        ("Preferred name".into(), "to".into(), "likely")
    );

    let report = links("Name,Brand,Value\nAnn,CVS,25\n");
    assert_eq!(issues(&report), ["1 Brand unknown_column"]);
    assert_eq!(
        columns(&report)[1],
        ("Brand".into(), "product".into(), "likely")
    );
    assert_eq!(report.ignored_columns().collect::<Vec<_>>(), ["Brand"]);
}

#[test]
fn first_and_last_name_are_one_name() {
    for (header, row, expected) in [
        ("First Name,Last Name", "Ann,Lee", "Ann Lee"),
        ("Last Name,First Name", "Lee,Ann", "Ann Lee"),
        ("Recipient First Name,Recipient Last Name", "Ann,", "Ann"),
        ("firstName,lastName", ",Lee", "Lee"),
        ("Given name,Surname", "Ann,Lee", "Ann Lee"),
        ("Vorname,Nachname", "Ann,Lee", "Ann Lee"),
        ("Name,Vorname", "Lee,Ann", "Ann Lee"),
        ("Nom,Prénom", "Lee,Ann", "Ann Lee"),
        ("Nombre,Apellidos", "Ann,Lee Ruiz", "Ann Lee Ruiz"),
        ("Nome,Cognome", "Ann,Lee", "Ann Lee"),
        ("Nome,Sobrenome", "Ann,Lee", "Ann Lee"),
        ("Voornaam,Achternaam", "Ann,de Lee", "Ann de Lee"),
        ("Imię,Nazwisko", "Ann,Lee", "Ann Lee"),
        ("Full Name,First Name", "Ann B. Lee,Ann", "Ann B. Lee"),
        ("First Name,Team", "Ann,HR", "Ann"),
    ] {
        // Both ways of a row.
        let file = format!("{header},Product,Value\n{row},CVS,25\n{}", "\n".repeat(300));
        for size in [usize::MAX, 7] {
            let report = super::import_in_pieces(ImportSettings::new(Links), file.as_bytes(), size);
            assert_eq!(
                (rejected(&report), issues(&report)),
                (vec![], vec![]),
                "{header}"
            );
            assert_eq!(
                unnamed(&report)[0]["Personalization"]["To"],
                expected,
                "{header}"
            );
        }
    }
    let parcel = import(
        ImportSettings::new(PhysicalShipment),
        "First Name,Last Name,Address,City,State,Zip,Country,Shipping Method,Product,Value\nAnn,Lee,1 Main St,Rome,NY,13440,US,STD,CVS,25\n",
    );
    assert_eq!(rejected(&parcel), [""; 0]);
    assert_eq!(
        unnamed(&parcel)[0]["PhysicalDeliveryAddress"]["Name"],
        "Ann Lee"
    );
}

#[test]
fn the_caller_joins_columns_in_the_order_of_columns_and_leaves_others_out() {
    let settings = mapped(
        Links,
        r#"{"Rufname":"to","Zuname":"to","Value":"ignore","Wert neu":"value"}"#,
    );

    let report = import(
        settings,
        "Zuname,Rufname,Product,Value,Wert neu\nLee,Ann,CVS,1,25\n",
    );

    assert_eq!((rejected(&report), issues(&report)), (vec![], vec![]));
    assert_eq!(unnamed(&report)[0]["Personalization"]["To"], "Ann Lee");
    assert_eq!(unnamed(&report)[0]["Value"], 25);
    assert_eq!(report.ignored_columns().collect::<Vec<_>>(), ["Value"]);
}

#[test]
fn two_columns_that_claim_one_field_are_chosen_by_place() {
    let file = "Work Email,Name,Personal Email,Product,Value\nann@work.example,Ann,ann@home.example,CVS,25\n";
    let report = import(ImportSettings::new(DigitalDelivery), file);
    assert_eq!(issues(&report), ["1 Personal Email duplicate_field"]);
    assert!(
        report.issues()[0]
            .message
            .contains("columns: { \"#1\": \"email\" }"),
        "{}",
        report.issues()[0].message
    );
    assert_eq!(rejected(&report), ["2 Personal Email duplicate_field"]);

    for (columns, address) in [
        (r##"{"#3":"email"}"##, "ann@home.example"),
        (r##"{"#1":"email"}"##, "ann@work.example"),
        (r#"{"Personal Email":"ignore"}"#, "ann@work.example"),
    ] {
        let report = import(mapped(DigitalDelivery, columns), file);
        assert_eq!(
            (rejected(&report), issues(&report)),
            (vec![], vec![]),
            "{columns}"
        );
        assert_eq!(
            unnamed(&report)[0]["DigitalDeliveryAddress"]["Email"],
            address
        );
    }
    let twice = "Email,Email,Product,Value\na@b.co,b@b.co,CVS,25\n";
    assert_eq!(
        issues(&import(ImportSettings::new(DigitalDelivery), twice)),
        ["1 Email duplicate_field"]
    );
    let report = import(mapped(DigitalDelivery, r##"{"#2":"email"}"##), twice);
    assert_eq!(
        unnamed(&report)[0]["DigitalDeliveryAddress"]["Email"],
        "b@b.co"
    );
}

#[test]
fn a_mobile_number_is_the_one_for_messages_and_a_product_id_the_one_to_order() {
    let report = import(
        ImportSettings::new(DigitalDelivery),
        "Phone,Mobile,Product Name,Product Id,Value\n+15555550199,+12125550100,CVS Pharmacy,CVS,25\n",
    );
    assert_eq!((rejected(&report), issues(&report)), (vec![], vec![]));
    assert_eq!(
        unnamed(&report)[0]["DigitalDeliveryAddress"]["Sms"],
        "+12125550100"
    );
    assert_eq!(unnamed(&report)[0]["ProductId"], "CVS");
}

#[test]
fn what_no_column_holds_is_said_once_for_the_file() {
    let report = import(
        ImportSettings::new(DigitalDelivery),
        "Email,Name\na@b.co,Ann\nb@b.co,Bob\n",
    );
    assert_eq!(issues(&report), ["1 - required"]);
    assert!(
        report.issues()[0]
            .message
            .starts_with("No column is known as the product or as the amount.")
    );
    assert_eq!(rejected(&report), ["2 - required", "3 - required"]);

    let report = import(
        ImportSettings::new(DigitalDelivery),
        "Name,Product,Value\nAnn,CVS,25\n",
    );
    assert_eq!(issues(&report), ["1 - missing_delivery_address"]);
}

#[test]
fn a_header_is_found_under_a_title() {
    for above in [
        "Spring rewards\n",
        "Spring rewards,,,\n\n",
        "Acme Inc.,,,\nGift cards 2026,,,\n,,,\n",
        "Confidential,,,\nPrepared by,HR,,\n",
        "\"Title, with a comma\"\n",
    ] {
        let file =
            format!("{above}Email,Product,Value,Name\na@b.co,CVS,25,Ann\n,,,\nb@b.co,CVS,30,Bob\n");
        let report = import(ImportSettings::new(DigitalDelivery), &file);

        assert_eq!(issues(&report), [""; 0], "{above}");
        assert_eq!(
            (report.rows(), report.accepted().rows().len()),
            (3, 2),
            "{above}"
        );
        let lines = u32::try_from(above.lines().count()).unwrap();
        assert_eq!(report.accepted().rows()[1].sheet_line, lines + 4);
    }
}

#[test]
fn a_row_of_data_is_no_title_and_is_not_lost() {
    let report = import(
        ImportSettings::new(DigitalDelivery),
        "a@b.co,CVS,25\nEmail,Product,Value\nb@b.co,CVS,30\n",
    );
    assert_eq!(issues(&report), ["1 - unknown_column"]);
    assert_eq!((report.rows(), report.accepted().rows().len()), (2, 0));

    // Nor is a row that has as many cells as the header.
    let report = links("Who,What,Much\nEmail,Product,Value\nb@b.co,CVS,30\n");
    assert_eq!(report.accepted().rows().len(), 0);
}

#[test]
fn the_caller_says_which_line_the_header_is() {
    let mut settings = ImportSettings::new(DigitalDelivery);
    settings.header_row = Some(3);
    let report = import(
        settings,
        "Email,Product,Value\nold@b.co,CVS,5\nValue,Product,Email\n25,CVS,a@b.co\n",
    );

    assert_eq!(report.rows(), 1);
    assert_eq!(
        unnamed(&report)[0]["DigitalDeliveryAddress"]["Email"],
        "a@b.co"
    );
}

#[test]
fn a_report_says_what_each_column_is() {
    let report = import(
        ImportSettings::new(DigitalDelivery),
        "Work Email,Product,Gift Amount (USD),Team\na@b.co,CVS,25,HR\n",
    );
    let summary: Value = serde_json::from_slice(&report.summary_json()).unwrap();
    assert_eq!(
        summary["columns"],
        serde_json::json!([
            { "header": "Work Email", "field": "email", "certainty": "sure" },
            { "header": "Product", "field": "product", "certainty": "sure" },
            { "header": "Gift Amount (USD)", "field": "value", "certainty": "sure" },
            { "header": "Team", "certainty": "none" },
        ])
    );
}
