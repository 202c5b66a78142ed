//! Uploading a file, to be attached to a message afterwards.

use axum::{
    Json,
    extract::{Request, State},
};
use utoipa::ToSchema;

use super::Visitor;
use crate::{
    api::extract::read_upload,
    app::App,
    problem::Result,
    wire::{bodies::Attachment, problems::WriteProblems},
};

/// A form with one part.
#[derive(ToSchema)]
pub struct FileForm {
    #[schema(value_type = String, format = Binary)]
    #[allow(dead_code, reason = "describes the form for the OpenAPI document; the parts are read as a stream")]
    file: Vec<u8>,
}

/// Uploads a file. Its type is found from its content, not from its name.
#[utoipa::path(
    post, path = "/api/widget/files", tag = "widget", operation_id = "upload_file",
    request_body(content = FileForm, content_type = "multipart/form-data"), security(("shopper" = [])),
    responses((status = 200, description = "Uploaded", body = Attachment), WriteProblems)
)]
pub async fn upload(State(app): State<App>, visitor: Visitor, request: Request) -> Result<Json<Attachment>> {
    app.rates.files.check(&visitor.shopper.to_string())?;
    let upload = read_upload(request, &app, app.config.limits.file_bytes).await?;
    let uploader = visitor.shopper.to_string();
    let file = engine::files::put(&app.desk, visitor.shop, &uploader, &upload.name, &upload.bytes).await?;
    Ok(Json(Attachment::of_stored(file, &app.file_links())))
}
