//! Uploading a file an agent wants to send.

use axum::{
    Json,
    extract::{Request, State},
};
use domain::{id::ShopId, staff::Permission};
use serde::Deserialize;
use utoipa::IntoParams;

use super::SignedIn;
use crate::{
    api::{
        extract::{Asked, read_upload},
        widget::files::FileForm,
    },
    app::App,
    problem::{Problem, Result},
    wire::{bodies::Attachment, problems::WriteProblems},
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ForShop {
    /// The shop it will be sent in, `shp_…`; needed only by those who serve several.
    pub shop: Option<String>,
}

/// Uploads a file to be attached to an answer.
#[utoipa::path(
    post, path = "/api/console/files", tag = "conversations", operation_id = "upload_staff_file", params(ForShop),
    request_body(content = FileForm, content_type = "multipart/form-data"), security(("console" = [])),
    responses((status = 200, description = "Uploaded", body = Attachment), WriteProblems)
)]
pub async fn upload(
    State(app): State<App>,
    me: SignedIn,
    Asked(wish): Asked<ForShop>,
    request: Request,
) -> Result<Json<Attachment>> {
    let shops = me.shops(wish.shop.as_deref(), Permission::Serve)?;
    let [shop]: [ShopId; 1] = shops.try_into().map_err(|_| Problem::field("shop", "missing"))?;
    app.rates.files.check(&me.staff.id.to_string())?;
    let upload = read_upload(request, &app, app.config.limits.file_bytes).await?;
    let uploader = me.staff.id.to_string();
    let file = engine::files::put(&app.desk, shop, &uploader, &upload.name, &upload.bytes).await?;
    Ok(Json(Attachment::of_stored(file, &app.file_links())))
}
