//! The words of headers, in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish.
//!
//! A header is read as words of a few meanings, whatever stands between them: `Work Email`, `work_email` and `E-Mail (work)` are
//! one. What all of its words say is sure; where some of them are not known, it is likely. A new word goes into [`WORDS`], as
//! [`key`] leaves it; a new meaning also into the rules of [`crate::bulk::columns::meaning`].

use alloc::vec::Vec;

use crate::bulk::csv::row::is_unseen;
use crate::catalog::lower;

/// Meanings of words, a bit each.
pub(in crate::bulk) type Words = u64;

macro_rules! meanings {
    ($($name:ident = $bit:literal,)+) => {
        $(pub(in crate::bulk) const $name: Words = 1 << $bit;)+
    };
}

meanings! {
    EMAIL = 0, PHONE = 1, MOBILE = 2, NUMBER = 3, ADDRESS = 4, LINE = 5, STREET = 6, CITY = 7, STATE = 8, ZIP = 9, POSTAL = 10,
    CODE = 11, COUNTRY = 12, FIRST = 13, FIRST_NAME = 14, LAST = 15, LAST_NAME = 16, NAME = 17, NOMBRE = 18, FULL = 19, PERSON = 20,
    WORK = 21, SENDER = 22, MESSAGE = 23, DATE = 24, DELIVERY = 25, VALUE = 26, FACE = 27, CARD = 28, CARDS = 29, EACH = 30,
    QUANTITY = 31, PIECES = 32, PRODUCT = 33, BRAND = 34, ID = 35, EXTERNAL = 36, SHIPPING = 37, METHOD = 38, CARRIER = 39,
    BRANDING = 40, CULTURE = 41, TO = 42, AMOUNT_CUT = 43, MONEY = 44, JOINING = 45, OTHER = 46, COUNT_OF = 47, CURRENCY = 48,
    SECOND = 49,
}

static WORDS: [(Words, &str); 55] = [
    (
        EMAIL,
        "email emails mail courriel correo correoelectronico correioeletronico electronicmail postaelettronica",
    ),
    (
        PHONE,
        "phone telephone telefon telefonu tel telefono telefone telefoon fon",
    ),
    (
        MOBILE,
        "mobile cell cellphone cellular sms handy mobil mobiltelefon portable movil cellulare celular telemovel mobiel gsm komorka komorkowy komorkowego natel",
    ),
    (
        NUMBER,
        "number numbers num nummer numero numer nr no numeroder номер",
    ),
    (
        ADDRESS,
        "address addresses adresse adressen addresse adresses adres adresu adresy anschrift direccion direcciones indirizzo indirizzi endereco",
    ),
    (LINE, "line zeile ligne linea linha regel linia 1"),
    (
        STREET,
        "street strasse rue calle via rua straat ulica house hausnummer hausnr huisnummer huisnr civico nrdomu apt apartment suite flat hnr strassennummer",
    ),
    (
        CITY,
        "city town stadt ort wohnort ville ciudad localidad citta comune cidade localidade stad plaats woonplaats miasto miejscowosc",
    ),
    (
        STATE,
        "state province bundesland provincia estado stato provincie wojewodztwo etat",
    ),
    (
        ZIP,
        "zip zipcode plz postleitzahl postcode postalcode codepostal codigopostal codicepostale cep cap kodpocztowy cp",
    ),
    (POSTAL, "postal post pocztowy"),
    (CODE, "code codigo codice kod"),
    (COUNTRY, "country land pays pais paese kraj"),
    (FIRST, "first given"),
    (
        FIRST_NAME,
        "vorname prenom voornaam imie forename primernombre nombredepila",
    ),
    (LAST, "last family"),
    (
        LAST_NAME,
        "nachname familienname surname nomdefamille apellido apellidos cognome sobrenome apelido apelidos achternaam nazwisko",
    ),
    (NAME, "name names nom naam nome nazwa"),
    (NOMBRE, "nombre"),
    (
        FULL,
        "full complete vollstandiger vollstaendiger complet completo volledige pelne pelna",
    ),
    (
        PERSON,
        "recipient recipients receiver addressee beneficiary payee employee employees participant participants winner customer client contact staff member person associate attendee guest student worker colleague empfanger empfaenger empfangers empfaengers mitarbeiter mitarbeiters teilnehmer kunde kunden kontakt destinataire beneficiaire employe salarie participant collaborateur destinatario destinatarios beneficiario empleado trabajador colaborador cliente contacto dipendente collaboratore contatto funcionario contato ontvanger medewerker klant deelnemer odbiorca odbiorcy pracownik pracownika uczestnik klient",
    ),
    (
        WORK,
        "work business office corporate professional personal private home primary main preferred arbeits dienst dienstliche dienstlich geschaftlich geschaftliche private privat professionnel professionnelle pro personnel personnelle laboral trabajo personale lavoro aziendale profissional trabalho pessoal werk zakelijk zakelijke sluzbowy prywatny",
    ),
    (
        SENDER,
        "from sender absender expediteur remitente mittente remetente afzender nadawca nadawcy von",
    ),
    (
        MESSAGE,
        "message msg nachricht mitteilung botschaft grusstext gruss grussbotschaft mensaje messaggio mensagem bericht boodschap wiadomosc",
    ),
    (
        DATE,
        "date datum data fecha datetime birthday geburtstag anniversaire cumpleanos дата",
    ),
    (
        DELIVERY,
        "delivery deliver send sending schedule versand liefer lieferung zustell zustellung envoi livraison envio entrega consegna invio spedizione lever levering leverings verzend verzending bezorg wysylki dostawy",
    ),
    (
        VALUE,
        "value values amount amounts denomination betrag betrage wert montant valeur importe valor monto importo valore quantia bedrag waarde kwota wartosc",
    ),
    (
        FACE,
        "face nominal nominale nominell nenn nennwert nominalwert",
    ),
    (
        CARD,
        "gift card giftcard egift egiftcard ecard voucher certificate reward rewards award incentive prize gutschein gutscheinkarte geschenk geschenkkarte geschenkgutschein karte carte cadeau cadeaux bon tarjeta regalo carta cartao presente buono kaart cadeaukaart cadeaubon karta podarunkowa podarunkowej upominkowa upominkowej",
    ),
    (
        CARDS,
        "gifts cards giftcards egiftcards vouchers certificates gutscheine karten geschenkkarten cartes bons tarjetas carte regali cartoes buoni kaarten cadeaukaarten cadeaubonnen karty kart bonow",
    ),
    (EACH, "per each pro par por je unit cada ciascuno elk za"),
    (
        QUANTITY,
        "quantity quantities qty qnty anzahl menge stuckzahl stueckzahl quantite qte cantidad quantita qta quantidade qtd qtde aantal hoeveelheid ilosc liczba howmany nb nbr nbre anz cant quant quan qt",
    ),
    (
        PIECES,
        "units uds unid pz pieces pcs pezzi piezas pieces unites unidades stuck stueck stk stuks szt sztuk copies antal",
    ),
    (
        PRODUCT,
        "product products produkt produkte produit producto prodotto produto produktu sku",
    ),
    (
        BRAND,
        "brand brands merchant retailer store shop item article artikel articulo articolo artigo marke marque marca merk marka handler vendor enseigne magasin tienda comercio negozio loja winkel sklep laden cardtype giftcardtype cardchoice giftcardchoice whichgiftcard preferredcard",
    ),
    (ID, "id ids identifier"),
    (
        EXTERNAL,
        "external externe externo esterno extern zewnetrzny",
    ),
    (SHIPPING, "shipping"),
    (METHOD, "method methode metodo metoda"),
    (CARRIER, "carrier"),
    (BRANDING, "branding"),
    (
        CULTURE,
        "culture language sprache langue idioma lingua taal jezyk locale",
    ),
    (TO, "to"),
    (AMOUNT_CUT, "amt amnt val betr denom mnt"),
    (
        MONEY,
        "price cost sum budget credit salary bonus payout pay worth preis summe prix somme cout salaire precio suma coste salario prezzo costo stipendio preco custo prijs kosten cena koszt premia stipend stipends allowance spend spending payment payments compensation dollar dollars euro euros cash money honorarium commission refund owed cuantia nagroda funds balance guthaben belopp belob summa honorar kronor tutar miktar castka osszeg pramie praemie prime premio geldwert fiyat hinta pris harga suma сумма сума сумы стоимость цена номинал бонус приз руб грн 금액 가격 ποσό τιμή المبلغ سعر قيمة סכום",
    ),
    (
        MONEY | COUNT_OF,
        "total totals gesamt totale totaal razem итого",
    ),
    (
        COUNT_OF,
        "count counts headcount tally tickets times шт 個 枚 recuento conteo conteggio contagem количество колво 数量 個数 枚数 件数 個數 人数 수량 adet pocet darab maara",
    ),
    (
        CURRENCY,
        "currency currencies ccy cur curr currencycode wahrung waehrung wahrungscode devise monnaie moneda divisa valuta moeda waluta valutakod deviza mena parabirimi валюта 通貨 货币 币种 통화",
    ),
    (
        JOINING,
        "the of for a an your and und et y e i en de des der die das du d la le les l el los di del della do da dos van het voor o os in with s their please enter if known optional required mandatory",
    ),
    (
        OTHER,
        "submitted submitter assigned nominator manager managers supervisor boss approver admin referrer hr emergency cc bcc other alternate alternative secondary requested created reply invited inviter rep sales author organizer organiser sponsor second backup old previous former spouse parent owner requester requestor vorgesetzter vorgesetzte vorgesetzten ansprechpartner responsable jefe gerente responsabile leidinggevende przelozony kierownik company firma department abteilung team group division organisation organization empresa entreprise societe azienda bedrijf campaign project account file user username display middle status type typ sent verified opt optin optout subscribed error bank billing birth hire start end ext extension fax costcenter costcentre kostenstelle centrodecosto",
    ),
    (OTHER | SECOND, "2 3"),
    (
        ADDRESS | OTHER | SECOND,
        "adresszusatz anschriftenzusatz complementoendereco complementodireccion complementadresse",
    ),
    (
        DATE | DELIVERY,
        "liefertermin versandtermin leverdatum sendon sendat deliveron deliverat deliverby scheduledfor scheduledat scheduled sendenam sendedatum giftdate shipdate notbefore embargo",
    ),
    (
        NUMBER | COUNT_OF,
        "numberof noof nombrede numerode numerodi",
    ),
    // In English the amount of cards is how many they are.
    (VALUE | COUNT_OF, "amountof"),
];

/// Bytes of a header of which words are looked for.
const LONGEST: usize = 60;

/// The letters and digits of a header that its words are told by: without case, accents, and what stands between them.
pub(in crate::bulk) fn key(text: &str) -> Vec<u8> {
    spelled(text).0
}

/// The [`key`] of a text, and of each place in it whether a word of the text begins or ends there.
fn spelled(text: &str) -> (Vec<u8>, Vec<bool>) {
    let mut key = Vec::with_capacity(text.len());
    let mut is_end = alloc::vec![true];
    let mut before = ' ';
    // `# of cards` is their number.
    if text.len() > 1 && text.starts_with(['#', '№']) {
        key.extend_from_slice(b"number");
    }
    for character in text.chars().filter(|character| !is_unseen(*character)) {
        let character = narrow(character);
        let is_hump = character.is_ascii_uppercase() && before.is_ascii_lowercase();
        if !is_part(character) || is_hump {
            mark(&mut is_end, key.len());
        }
        push_letter(&mut key, character);
        before = character;
    }
    mark(&mut is_end, key.len());
    (key, is_end)
}

/// A full-width letter or digit as the plain one: `Ｖ`.
pub(in crate::bulk) fn narrow(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character).wrapping_sub(0xFEE0)).unwrap_or(character)
        }
        _ => character,
    }
}

fn mark(is_end: &mut Vec<bool>, at: usize) {
    if is_end.len() <= at {
        is_end.resize(at.saturating_add(1), false);
    }
    if let Some(slot) = is_end.get_mut(at) {
        *slot = true;
    }
}

/// Letters from U+00C0 to U+017F without their accents; a space where there is none of which a letter is left.
const PLAIN: &[u8; 192] = b"AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuytyAaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

#[inline(never)]
fn push_letter(key: &mut Vec<u8>, character: char) {
    match character {
        '0'..='9' | 'a'..='z' => key.push(character as u8),
        'A'..='Z' => key.push((character as u8).to_ascii_lowercase()),
        'ß' => key.extend_from_slice(b"ss"),
        '\u{C0}'..='\u{17F}' => {
            let place = usize::try_from(u32::from(character).wrapping_sub(0xC0)).ok();
            let plain = place.and_then(|place| PLAIN.get(place));
            key.extend(
                plain
                    .filter(|plain| **plain != b' ')
                    .map(u8::to_ascii_lowercase),
            );
        }
        // Accents that stand by themselves.
        '\u{300}'..='\u{36F}' => {}
        _ if is_letter(character) => {
            key.extend_from_slice(lower(character).encode_utf8(&mut [0; 4]).as_bytes());
        }
        _ => {}
    }
}

/// The words, by their first letters.
#[derive(Debug)]
pub(in crate::bulk) struct Vocabulary {
    letters: Vec<Vec<(&'static [u8], Words)>>,
}

impl Vocabulary {
    pub(in crate::bulk) fn new() -> Self {
        let mut letters: Vec<Vec<(&'static [u8], Words)>> = alloc::vec![Vec::new(); 256];
        for (meaning, words) in &WORDS {
            for word in words.as_bytes().split(|byte| *byte == b' ') {
                let first = word
                    .first()
                    .and_then(|first| letters.get_mut(usize::from(*first)));
                let Some(list) = first else { continue };
                match list.iter_mut().find(|(known, _)| *known == word) {
                    // One word of two meanings, such as `carte`.
                    Some((_, meanings)) => *meanings |= meaning,
                    None => list.push((word, *meaning)),
                }
            }
        }
        Self { letters }
    }

    /// The meanings of a text that is made of known words throughout, of as few as can be. Words that join others, such as `de`, are words by
    /// themselves; the others may be parts of longer ones.
    pub(in crate::bulk) fn words_of(&self, text: &str) -> Option<Words> {
        let (key, is_end) = spelled(text);
        if key.is_empty() || key.len() > LONGEST {
            return None;
        }
        let is_end = |at: usize| is_end.get(at).copied().unwrap_or_default();
        // Up to each place that words lead to: how many, and what they mean.
        let mut before: Vec<Option<(u8, Words)>> = alloc::vec![None; key.len().saturating_add(1)];
        if let Some(start) = before.first_mut() {
            *start = Some((0, 0));
        }
        for at in 0..key.len() {
            let Some((count, meanings)) = before.get(at).copied().flatten() else {
                continue;
            };
            let from = key.get(at..).unwrap_or_default();
            let first = from.first().copied().map(usize::from);
            let list = first.and_then(|first| self.letters.get(first));
            for (word, meaning) in list.into_iter().flatten() {
                let end = at.saturating_add(word.len());
                let is_whole = || is_end(at) && is_end(end);
                if !from.starts_with(word) || *meaning == JOINING && !is_whole() {
                    continue;
                }
                if let Some(slot) = before.get_mut(end)
                    && slot.is_none_or(|(least, _)| count.saturating_add(1) < least)
                {
                    *slot = Some((count.saturating_add(1), meanings | meaning));
                }
            }
        }
        before
            .last()
            .copied()
            .flatten()
            .map(|(_, meanings)| meanings)
    }
}

/// Returns whether a character is a letter: near enough for headers, without the tables of Unicode.
pub(in crate::bulk) const fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
        || matches!(character, '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{1FFF}' | '\u{3040}'..='\u{D7FF}' | '\u{F900}'..='\u{FDFF}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}')
            && !matches!(character, '\u{D7}' | '\u{F7}' | '\u{E3F}')
}

/// The words of a header as they are parted.
pub(in crate::bulk) fn parted(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !is_part(character) && !is_unseen(character))
        .filter(|word| !word.is_empty())
}

/// Returns whether a [`key`] is one of some words with spaces between them.
#[inline(never)]
pub(in crate::bulk) fn is_among(words: &str, key: &[u8]) -> bool {
    let mut words = words.as_bytes().split(|byte| *byte == b' ');
    !key.is_empty() && words.any(|word| word == key)
}

/// Returns what stands between the spaces of a text.
#[expect(
    clippy::manual_pattern_char_comparison,
    reason = "the standard library's own search for a character is half a kilobyte"
)]
pub(in crate::bulk) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character| character == ' ')
}

/// Returns whether a character is a part of a word.
fn is_part(character: char) -> bool {
    narrow(character).is_ascii_digit()
        || is_letter(character)
        || matches!(character, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_without_case_and_accents() {
        for (text, expected) in [
            ("E-Mail-Adresse", "emailadresse"),
            ("Straße", "strasse"),
            ("Empfänger", "empfanger"),
            ("Prénom", "prenom"),
            ("Pre\u{301}nom", "prenom"),
            ("Wartość", "wartosc"),
            ("Imię i nazwisko", "imieinazwisko"),
            ("Ilość", "ilosc"),
            ("Endereço", "endereco"),
            ("Miejscowość", "miejscowosc"),
            ("СУММА", "сумма"),
        ] {
            assert_eq!(key(text), expected.as_bytes(), "{text}");
        }
    }

    #[test]
    fn a_letter_without_its_accent_is_what_unicode_says() {
        use unicode_normalization::UnicodeNormalization;
        for character in '\u{C0}'..='\u{17F}' {
            let base = core::iter::once(character).nfd().next().unwrap();
            if base.is_ascii_alphabetic() {
                let expected = [base.to_ascii_lowercase() as u8];
                assert_eq!(key(&String::from(character)), expected, "{character}");
            }
        }
    }

    #[test]
    fn every_word_is_found_as_it_is_written_down() {
        let vocabulary = Vocabulary::new();
        for (meaning, words) in &WORDS {
            for word in words.split(' ') {
                assert_eq!(key(word), word.as_bytes());
                let found = vocabulary.words_of(word).unwrap();
                assert!(found & meaning != 0, "{word}");
            }
        }
    }
}
