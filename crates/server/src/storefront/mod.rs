//! The demo's shop: what a merchant's own website would do, so that everything can be tried. Exists only under
//! `tandem demo`, and moves no money.

mod orders;
mod pictures;
mod products;
mod visits;

use std::sync::Arc;

use domain::id::ShopId;
use engine::shop::{Connector, demo::DemoShop};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    problem::{Problem, Result},
};

/// Which of the desk's shops the storefront sells for.
#[derive(Clone)]
pub struct Storefront {
    pub shop: ShopId,
    pub connector: Arc<Connector>,
}

impl Storefront {
    fn demo(&self) -> Result<&DemoShop> {
        match self.connector.as_ref() {
            Connector::Demo(shop) => Ok(shop),
            Connector::File(_) | Connector::Http(_) => Err(Problem::not_found()),
        }
    }
}

/// Outside the demo none of this exists.
fn of(app: &App) -> Result<&Storefront> {
    app.storefront.as_ref().ok_or_else(Problem::not_found)
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(products::list_products))
        .routes(routes!(products::read_product))
        .routes(routes!(visits::demo_customers))
        .routes(routes!(visits::sign_in))
        .routes(routes!(visits::sign_out))
        .routes(routes!(visits::me))
        .routes(routes!(orders::list_orders, orders::place_order))
        .routes(routes!(orders::read_order))
        .routes(routes!(orders::pay_order))
        .routes(routes!(pictures::picture))
}
