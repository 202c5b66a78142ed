//! A folder of CSV tables, as spreadsheets and shop systems export them; columns in docs/connectors.md.

mod row;

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use domain::shop::{
    Address, Customer, Order, OrderLine, Product, Refund, RefundState, Scan, Shipment, ShipmentState, Variant,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use self::row::parse_time;
use self::row::{Row, Table};
use super::{
    super::{Records, ShopError},
    report::{ImportReport, Intake},
};

/// Products and variants are needed; a shop without orders is allowed.
pub const FILES: [&str; 8] = [
    "products.csv",
    "variants.csv",
    "customers.csv",
    "orders.csv",
    "order_lines.csv",
    "shipments.csv",
    "scans.csv",
    "refunds.csv",
];

type Reason = String;
/// Rows of a table by the key of the record they belong to.
type Children<T> = HashMap<String, Vec<T>>;

pub fn import(folder: &Path) -> Result<(Records, ImportReport), ShopError> {
    let mut intake = Intake::default();
    products(&mut intake, folder)?;
    if let Some(table) = Table::open(folder, "customers.csv", &["key", "name", "since"])? {
        each(&mut intake, &table, |intake, row| {
            intake.customer(row.table, row.line, customer(row)?);
            Ok(())
        });
    }
    orders(&mut intake, folder)?;
    intake.finish()
}

/// Runs over a table's rows; what can't be read goes to the report.
fn each(intake: &mut Intake, table: &Table, mut take: impl FnMut(&mut Intake, &Row<'_>) -> Result<(), Reason>) {
    for (line, broken) in &table.broken {
        intake.reject(table.name, *line, None, broken.clone());
    }
    for row in table.rows() {
        if let Err(reason) = take(intake, &row) {
            intake.reject(row.table, row.line, row.get("key"), reason);
        }
    }
}

fn products(intake: &mut Intake, folder: &Path) -> Result<(), ShopError> {
    let missing = |name: &str| ShopError::bad_answer(format!("{name} is missing"));
    let table = Table::open(folder, "variants.csv", &["product", "key", "price", "stock"])?;
    let table = table.ok_or_else(|| missing("variants.csv"))?;
    let mut variants: Children<(usize, Variant)> = HashMap::new();
    each(intake, &table, |_, row| {
        variants.entry(row.need("product")?.to_owned()).or_default().push((row.line, variant(row)?));
        Ok(())
    });
    let table = Table::open(folder, "products.csv", &["key", "category"])?.ok_or_else(|| missing("products.csv"))?;
    each(intake, &table, |intake, row| {
        let own = variants.remove(row.need("key")?).unwrap_or_default();
        let product = product(row, own.into_iter().map(|(_, variant)| variant).collect())?;
        intake.product(row.table, row.line, product);
        Ok(())
    });
    reject_orphans(intake, "variants.csv", variants.into_values().flatten().map(|(line, _)| line));
    Ok(())
}

fn reject_orphans(intake: &mut Intake, table: &str, lines: impl Iterator<Item = usize>) {
    let mut lines: Vec<usize> = lines.collect();
    lines.sort_unstable();
    for line in lines {
        intake.reject(table, line, None, "what it belongs to is unknown");
    }
}

/// What belongs to orders, and the orders of which a part could not be read: half an order would mislead.
#[derive(Default)]
struct Parts {
    lines: Children<(usize, OrderLine)>,
    shipments: Children<(usize, Shipment)>,
    refunds: Children<(usize, Refund)>,
    spoiled: HashSet<String>,
}

fn orders(intake: &mut Intake, folder: &Path) -> Result<(), ShopError> {
    let needed = ["key", "customer", "state", "total", "placed_at", "country"];
    let Some(table) = Table::open(folder, "orders.csv", &needed)? else { return Ok(()) };
    let mut parts = Parts::default();
    let needed = ["order", "product", "variant", "quantity", "unit_price"];
    if let Some(lines) = Table::open(folder, "order_lines.csv", &needed)? {
        collect(intake, &lines, &mut parts.spoiled, &mut parts.lines, order_line);
    }
    shipments(intake, folder, &mut parts)?;
    let needed = ["order", "key", "state", "amount", "requested_at"];
    if let Some(refunds) = Table::open(folder, "refunds.csv", &needed)? {
        collect(intake, &refunds, &mut parts.spoiled, &mut parts.refunds, refund);
    }
    each(intake, &table, |intake, row| {
        let key = row.need("key")?;
        let order = order(row, &mut parts)?;
        if parts.spoiled.contains(key) {
            return Err("a line, shipment or refund of it can't be read".to_owned());
        }
        intake.order(row.table, row.line, order);
        Ok(())
    });
    reject_orphans(intake, "order_lines.csv", parts.lines.into_values().flatten().map(|(line, _)| line));
    reject_orphans(intake, "shipments.csv", parts.shipments.into_values().flatten().map(|(line, _)| line));
    reject_orphans(intake, "refunds.csv", parts.refunds.into_values().flatten().map(|(line, _)| line));
    Ok(())
}

fn collect<T>(
    intake: &mut Intake,
    table: &Table,
    spoiled: &mut HashSet<String>,
    into: &mut Children<(usize, T)>,
    read: impl Fn(&Row<'_>) -> Result<T, Reason>,
) {
    each(intake, table, |_, row| {
        let order = row.need("order")?;
        let part = read(row).inspect_err(|_| {
            spoiled.insert(order.to_owned());
        })?;
        into.entry(order.to_owned()).or_default().push((row.line, part));
        Ok(())
    });
}

fn shipments(intake: &mut Intake, folder: &Path, parts: &mut Parts) -> Result<(), ShopError> {
    let mut scans: Children<(usize, Scan)> = HashMap::new();
    if let Some(table) = Table::open(folder, "scans.csv", &["shipment", "at"])? {
        each(intake, &table, |_, row| {
            scans.entry(row.need("shipment")?.to_owned()).or_default().push((row.line, scan(row)?));
            Ok(())
        });
    }
    let needed = ["order", "key", "tracking_number", "state", "created_at"];
    if let Some(table) = Table::open(folder, "shipments.csv", &needed)? {
        collect(intake, &table, &mut parts.spoiled, &mut parts.shipments, shipment);
    }
    for (_, shipment) in parts.shipments.values_mut().flatten() {
        let own = scans.remove(shipment.key.as_str()).unwrap_or_default();
        shipment.scans = own.into_iter().map(|(_, scan)| scan).collect();
    }
    reject_orphans(intake, "scans.csv", scans.into_values().flatten().map(|(line, _)| line));
    Ok(())
}

fn product(row: &Row<'_>, variants: Vec<Variant>) -> Result<Product, Reason> {
    Ok(Product {
        key: row.need("key")?.into(),
        title: row.both("title"),
        category: row.need("category")?.into(),
        brand: row.text("brand"),
        description: row.both("description"),
        attributes: row.attributes("attributes")?,
        variants,
        aliases: row.list("aliases"),
        picture: row.optional("picture"),
        page: row.optional("page"),
        on_sale: row.truth("on_sale", true)?,
    })
}

fn variant(row: &Row<'_>) -> Result<Variant, Reason> {
    Ok(Variant {
        key: row.need("key")?.into(),
        options: row.attributes("options")?,
        price: row.amount("price")?.ok_or("price: empty")?,
        list_price: row.amount("list_price")?,
        stock: row.number("stock")?.ok_or("stock: empty")?,
        restock_at: row.time("restock_at")?,
    })
}

fn customer(row: &Row<'_>) -> Result<Customer, Reason> {
    let address = address(row);
    Ok(Customer {
        key: row.need("key")?.into(),
        name: row.need("name")?.to_owned(),
        email: row.optional("email"),
        phone: row.optional("phone"),
        level: row.number("level")?.unwrap_or_default(),
        addresses: if address.street.is_empty() { Vec::new() } else { vec![address] },
        since: row.time("since")?.ok_or("since: empty")?,
        payment_methods: Vec::new(),
    })
}

fn address(row: &Row<'_>) -> Address {
    Address {
        recipient: row.optional("recipient").unwrap_or_else(|| row.text("name")),
        phone: row.text("phone"),
        country: row.text("country"),
        province: row.text("province"),
        city: row.text("city"),
        district: row.text("district"),
        street: row.text("street"),
        postcode: row.text("postcode"),
    }
}

fn order(row: &Row<'_>, parts: &mut Parts) -> Result<Order, Reason> {
    let key = row.need("key")?;
    Ok(Order {
        key: key.into(),
        customer: row.need("customer")?.into(),
        state: word(row, "state")?,
        lines: without_lines(parts.lines.remove(key)),
        total: row.amount("total")?.ok_or("total: empty")?,
        shipping_fee: row.amount("shipping_fee")?,
        address: address(row),
        placed_at: row.time("placed_at")?.ok_or("placed_at: empty")?,
        paid_at: row.time("paid_at")?,
        closes_at: row.time("closes_at")?,
        ship_by: row.time("ship_by")?,
        delivered_at: row.time("delivered_at")?,
        payment_method: row.optional("payment_method"),
        shipments: without_lines(parts.shipments.remove(key)),
        refunds: without_lines(parts.refunds.remove(key)),
        note: row.optional("note"),
        payments: Vec::new(),
        invoice: None,
        delivery_wish: None,
        deeds: Vec::new(),
        extra: serde_json::Map::new(),
    })
}

fn without_lines<T>(parts: Option<Vec<(usize, T)>>) -> Vec<T> {
    parts.unwrap_or_default().into_iter().map(|(_, part)| part).collect()
}

fn order_line(row: &Row<'_>) -> Result<OrderLine, Reason> {
    Ok(OrderLine {
        product: row.need("product")?.into(),
        variant: row.need("variant")?.into(),
        title: row.both("title"),
        options: row.both("options"),
        quantity: row.number("quantity")?.ok_or("quantity: empty")?,
        unit_price: row.amount("unit_price")?.ok_or("unit_price: empty")?,
        picture: row.optional("picture"),
    })
}

fn shipment(row: &Row<'_>) -> Result<Shipment, Reason> {
    Ok(Shipment {
        key: row.need("key")?.into(),
        carrier: row.both("carrier"),
        tracking_number: row.need("tracking_number")?.to_owned(),
        state: word::<ShipmentState>(row, "state")?,
        created_at: row.time("created_at")?.ok_or("created_at: empty")?,
        expected_at: row.time("expected_at")?,
        scans: Vec::new(),
    })
}

fn scan(row: &Row<'_>) -> Result<Scan, Reason> {
    Ok(Scan { at: row.time("at")?.ok_or("at: empty")?, place: row.both("place"), what: row.both("what") })
}

fn refund(row: &Row<'_>) -> Result<Refund, Reason> {
    Ok(Refund {
        key: row.need("key")?.into(),
        state: word::<RefundState>(row, "state")?,
        amount: row.amount("amount")?.ok_or("amount: empty")?,
        reason: row.both("reason"),
        requested_at: row.time("requested_at")?.ok_or("requested_at: empty")?,
        updated_at: row.time("updated_at")?,
        due_at: row.time("due_at")?,
        method: row.optional("method"),
    })
}

/// One of the fixed words of a state, such as `out_for_delivery`.
fn word<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<T, Reason> {
    serde_json::from_value(Value::String(row.need(column)?.to_owned())).map_err(|flaw| format!("{column}: {flaw}"))
}
