//! The index: made of answers, and of its own bytes.

use giftcard_partners::catalog::{Catalog, Fault, Units};
use giftcard_partners::hash::sha256::sha256;
use giftcard_partners::json::Writer;
use giftcard_partners::order::OrderType;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::products::{camel, products};
use super::{catalog, shop};

fn handed_out(catalog: &Catalog) -> Vec<Value> {
    let object = |product: giftcard_partners::catalog::Product<'_>| {
        let mut json = Writer::new();
        product.write(&mut json);
        serde_json::from_slice(&json.into_bytes()).unwrap()
    };
    catalog.products().map(object).collect()
}

#[test]
fn what_is_kept_of_a_product_is_handed_out_in_the_api_s_shape() {
    let catalog = shop();
    let books = catalog.product("BOOKS").unwrap();

    assert_eq!(
        (books.name, books.product_type, books.currency),
        ("Inkwhistle Books", "Digital", "USD")
    );
    assert_eq!(
        (books.fee, books.discount),
        (Units::parse("0.25"), Units::parse("4.55"))
    );
    assert_eq!(
        (
            books.delivers(OrderType::Links),
            books.delivers(OrderType::PhysicalShipment)
        ),
        (Some(true), Some(false))
    );
    assert_eq!(
        catalog.product("BARE").unwrap().delivers(OrderType::Links),
        None
    );
    assert_eq!(
        handed_out(&catalog)[1].to_string(),
        r#"{"Id":"BOOKS","Name":"Inkwhistle Books","Type":"Digital","CurrencyCode":"USD","DenominationType":"Fixed","Denominations":[10.00,25.00,50.00],"AvailableDeliveryTypes":["DigitalDelivery","Links"],"Cost":{"Fee":0.25000000,"DiscountPercentage":4.55000000},"Meta":{"ShippingConfiguration":{"HasRequiredCardCarriers":false}}}"#
    );
    assert!(catalog.product("books").is_none() && catalog.product("").is_none());
    assert_eq!(catalog.len(), 5);
}

#[test]
fn an_answer_is_read_leniently_and_what_has_no_id_is_left_out() {
    let answer = br#" {"page":1,"data":[null,7,{},{"Id":""},{"id":42,"ID":"second","denominations":["5.00",5,-1,"x",10.005,null,200],
        "denominationType":"VARIABLE","cost":{"fee":"0.5","discountPercentage":101},"availableDeliveryTypes":["links",null,"Codes"],"meta":7}]} "#;

    let catalog = Catalog::from_answer(answer).unwrap();

    assert_eq!(
        handed_out(&catalog),
        [json!({"Id": "42", "DenominationType": "Variable", "Denominations": [5.0, 200.0], "AvailableDeliveryTypes": ["Links", "Codes"],
            "Cost": {"Fee": 0.5}, "Meta": {"ShippingConfiguration": {"HasRequiredCardCarriers": false}}})]
            .map(|value| serde_json::from_str::<Value>(&value.to_string().replace("5.0,200.0", "5.00,200.00").replace("0.5}", "0.50000000}")).unwrap())
    );
}

#[test]
fn what_is_no_catalog_says_what_it_is() {
    for (bytes, fault) in [
        ("", Fault::Foreign),
        ("<html>", Fault::Foreign),
        ("[{}", Fault::Foreign),
        ("GCPX", Fault::Foreign),
        ("7", Fault::NoProducts),
        ("{}", Fault::NoProducts),
        (r#"{"data":7}"#, Fault::NoProducts),
        ("[1,2]", Fault::NoProducts),
        (r#"[{"Name":"x"}]"#, Fault::NoProducts),
        ("GCPC", Fault::Broken),
        ("GCPC\x03", Fault::Version),
        ("GCPC\x02short", Fault::Broken),
    ] {
        assert_eq!(Catalog::read(bytes.into()).unwrap_err(), fault, "{bytes}");
    }
    assert!(Catalog::read("[]".into()).unwrap().is_empty());
}

#[test]
fn two_thousand_products_take_less_than_160_kb() {
    let products: Vec<Value> = (0..2_000)
        .map(|index| {
            json!({"Id": format!("PRODUCT{index:05}"), "Name": format!("The {index} Gift Card Company"), "Type": "Digital", "DenominationType": "Fixed",
                "Denominations": [5, 10, 25, 50, 100, 250, 500], "AvailableDeliveryTypes": ["DigitalDelivery", "Links"], "CurrencyCode": "USD",
                "LongDescription": "x".repeat(500), "Cost": {"Fee": 0.25, "DiscountPercentage": 4.55}})
        })
        .collect();

    let size = catalog(&products.into()).as_bytes().len();

    assert!(size < 160_000, "{size}");
}

#[test]
fn an_index_whose_checksum_is_right_and_whose_lengths_are_not_is_refused() {
    for body in [
        b"".as_slice(),
        b"\x01",
        b"\x02\x01A\0\0\0\0\0\0\0",
        b"\x01\xff\xff\xff\xff\x0fA",
        b"\x01\x01A\0\x80\0\0\0\0\0",
        b"\x01\0\0\0\0\0\0\0\0",
        b"\x01\x01A\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x7f\0\0",
        b"\x02\x01B\0\0\0\0\0\0\0\x01A\0\0\0\0\0\0\0",
        b"\x01\x01\xff\0\0\0\0\0\0\0",
    ] {
        let bytes = [b"GCPC\x02".as_slice(), &sha256(&[body]), body].concat();

        assert_eq!(
            Catalog::from_bytes(&bytes).unwrap_err(),
            Fault::Broken,
            "{body:?}"
        );
    }
    let body = b"\x01\x01A\0\0\0\0\0\0\0";
    assert!(
        Catalog::from_bytes(&[b"GCPC\x02".as_slice(), &sha256(&[body]), body].concat()).is_ok()
    );
}

#[test]
fn of_two_products_with_one_id_the_same_is_kept_whichever_came_first() {
    let (one, other) = (
        json!({"Id": "A", "Name": "x"}),
        json!({"Id": "A", "Name": "y"}),
    );

    let catalogs = [json!([one, other]), json!([other, one])].map(|products| catalog(&products));

    assert_eq!(catalogs[0], catalogs[1]);
    assert_eq!(catalogs[0].len(), 1);
}

proptest! {
    #[test]
    fn a_catalog_comes_back_from_its_bytes_and_from_what_it_hands_out(products in products()) {
        let made = catalog(&products.into());

        let read = Catalog::from_bytes(made.as_bytes()).unwrap();
        let again = catalog(&handed_out(&made).into());

        prop_assert_eq!(&read, &made);
        prop_assert_eq!(again.hash(), made.hash());
    }

    #[test]
    fn the_hash_is_the_same_in_any_order_casing_and_envelope(products in products(), by in any::<prop::sample::Index>()) {
        let here = catalog(&products.clone().into());
        let mut turned: Vec<Value> = products.iter().map(camel).collect();
        if !turned.is_empty() {
            let middle = by.index(turned.len());
            turned.rotate_left(middle);
        }

        let there = catalog(&json!({"totalCount": turned.len(), "data": turned}));

        prop_assert_eq!(here.hash(), there.hash());
        prop_assert_eq!(here.hash().len(), 64);
    }

    #[test]
    fn the_hash_is_another_where_anything_that_is_kept_is(products in products(), which: prop::sample::Index, field in 0_usize..8) {
        prop_assume!(!products.is_empty());
        let here = catalog(&products.clone().into());
        let mut changed = products;
        let index = which.index(changed.len());
        let product = &mut changed[index];
        match field {
            0 => product["Id"] = "OTHER".into(),
            1 => product["Name"] = "Another name of it".into(),
            2 => product["Type"] = "Another".into(),
            3 => product["DenominationType"] = "Another".into(),
            4 => product["Denominations"] = json!([999_999]),
            5 => product["AvailableDeliveryTypes"] = json!(["Another"]),
            6 => product["CurrencyCode"] = "EUR".into(),
            _ => product["Cost"] = json!({"Fee": 999}),
        }

        prop_assert_ne!(here.hash(), catalog(&changed.into()).hash());
    }

    #[test]
    fn a_byte_that_is_missing_or_another_is_noticed(products in products(), at: prop::sample::Index, flip in 1_u8..) {
        let bytes = catalog(&products.into()).as_bytes().to_vec();
        let at = at.index(bytes.len());

        let mut altered = bytes.clone();
        altered[at] ^= flip;
        prop_assert!(Catalog::read(altered).is_err());
        prop_assert!(Catalog::read(bytes[..at].to_vec()).is_err());
        prop_assert!(Catalog::read([&bytes[..], &[flip]].concat()).is_err());
    }

    #[test]
    fn arbitrary_bytes_behind_a_right_checksum_never_panic(body: Vec<u8>) {
        let bytes = [b"GCPC\x02".as_slice(), &sha256(&[&body]), &body].concat();
        if let Ok(catalog) = Catalog::read(bytes) {
            prop_assert_eq!(catalog.products().count(), catalog.len());
        }
    }

    #[test]
    fn arbitrary_answers_never_panic(answer: Vec<u8>) {
        let _ = Catalog::read(answer);
    }
}
