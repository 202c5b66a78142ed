//! Records as the cards shoppers and agents see.

use domain::{
    language::Language,
    message::{OrderCard, OrderCardLine, ProductCard, RefundCard, ScanCard, ShipmentCard},
    shop::{Order, Product},
};

use crate::bot::texts;

pub fn order_card(order: &Order, language: Language) -> OrderCard {
    OrderCard {
        order: order.key.clone(),
        state: order.state,
        state_text: texts::order_state(order.state, language).to_owned(),
        placed_at: order.placed_at,
        total: order.total.clone(),
        lines: order
            .lines
            .iter()
            .map(|line| OrderCardLine {
                title: line.title.in_language(language).to_owned(),
                options: line.options.in_language(language).to_owned(),
                quantity: line.quantity,
                picture: line.picture.clone(),
            })
            .collect(),
        shipment: order.shipments.last().map(|shipment| ShipmentCard {
            carrier: shipment.carrier.in_language(language).to_owned(),
            tracking_number: shipment.tracking_number.clone(),
            state: shipment.state,
            latest: shipment.scans.last().map(|scan| ScanCard {
                at: scan.at,
                place: scan.place.in_language(language).to_owned(),
                what: scan.what.in_language(language).to_owned(),
            }),
            expected_at: shipment.expected_at,
        }),
        refund: order.refunds.last().map(|refund| RefundCard {
            state: refund.state,
            state_text: texts::refund_state(refund.state, language).to_owned(),
            amount: refund.amount.clone(),
            due_at: refund.due_at,
        }),
    }
}

/// `None` for a product without variants: there is no price to show.
pub fn product_card(product: &Product, language: Language) -> Option<ProductCard> {
    let cheapest = product.variants.iter().min_by_key(|variant| variant.price.minor)?;
    let options: Vec<String> = product
        .variants
        .iter()
        .map(|variant| {
            let parts: Vec<&str> = variant.options.iter().map(|option| option.value.in_language(language)).collect();
            parts.join(" ")
        })
        .filter(|text| !text.is_empty())
        .collect();
    Some(ProductCard {
        product: product.key.clone(),
        title: product.title.in_language(language).to_owned(),
        price_from: cheapest.price.clone(),
        list_price: cheapest.list_price.clone(),
        stock: product.variants.iter().map(|variant| variant.stock.max(0)).sum(),
        picture: product.picture.clone(),
        page: product.page.clone(),
        options: (!options.is_empty()).then(|| options.join(" / ")),
    })
}
