//! Articles in and out as files.

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{id::ShopId, language::Language, staff::Permission};
use engine::library;
use knowledge::exchange::{Format, Rule};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    api::{
        console::SignedIn,
        extract::{Asked, parse_id, read_upload},
        widget::files::FileForm,
    },
    app::App,
    problem::{Code, Problem, Result},
    wire::{
        articles::{ImportFault, ImportReport},
        problems::{ReadProblems, WriteProblems},
    },
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Import {
    /// `shp_…`
    pub shop: String,
    /// Only says what an import would do.
    #[serde(default)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    Csv,
    Xlsx,
    Md,
    Jsonl,
    Yaml,
}

impl From<ExportFormat> for Format {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Xlsx => Self::Xlsx,
            ExportFormat::Md => Self::Markdown,
            ExportFormat::Jsonl => Self::Jsonl,
            ExportFormat::Yaml => Self::Yaml,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Export {
    /// `shp_…`
    pub shop: String,
    #[param(inline)]
    pub format: ExportFormat,
}

/// The rule's stable name, as it is serialised everywhere.
fn rule_name(rule: Rule) -> String {
    serde_json::to_value(rule).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

pub fn report_of(outcome: library::ImportOutcome, language: Language) -> ImportReport {
    let choose = |zh: String, en: String| match language {
        Language::Zh => zh,
        Language::En => en,
    };
    ImportReport {
        created: outcome.created,
        updated: outcome.updated,
        unchanged: outcome.unchanged,
        rejected: outcome
            .rejected
            .into_iter()
            .map(|fault| ImportFault {
                row: fault.row,
                field: fault.field,
                code: rule_name(fault.rule),
                message: choose(fault.message_zh, fault.message_en),
            })
            .collect(),
        warnings: outcome
            .warnings
            .into_iter()
            .map(|warning| ImportFault {
                row: 0,
                field: warning.field,
                code: rule_name(warning.rule),
                message: choose(warning.message_zh, warning.message_en),
            })
            .collect(),
    }
}

/// Reads articles from a CSV, XLSX, Markdown, JSON Lines or YAML file; the name's ending says which. A known key gets
/// a new version where it differs.
#[utoipa::path(
    post, path = "/api/console/articles/import", tag = "knowledge", params(Import),
    request_body(content = FileForm, content_type = "multipart/form-data"), security(("console" = [])),
    responses((status = 200, description = "What was done, or would be", body = ImportReport), WriteProblems)
)]
pub async fn import_articles(
    State(app): State<App>,
    me: SignedIn,
    Asked(wish): Asked<Import>,
    request: Request,
) -> Result<Json<ImportReport>> {
    let shop: ShopId = parse_id(&wish.shop, "shop")?;
    // Before the file is read: it may be large.
    me.may_in(shop, Permission::WriteKnowledge)?;
    let upload = read_upload(request, &app, app.config.http.import_bytes as u64).await?;
    let format = Format::from_file_name(&upload.name).ok_or(Problem::new(Code::UnsupportedType))?;
    let outcome = library::import(&app.desk, &me.staff, shop, format, upload.bytes.to_vec(), wish.dry_run).await?;
    Ok(Json(report_of(outcome, me.staff.language)))
}

/// All articles of a shop in a file that can be imported again.
#[utoipa::path(
    get, path = "/api/console/articles/export", tag = "knowledge", params(Export), security(("console" = [])),
    responses((status = 200, description = "The file", content_type = "application/octet-stream"), ReadProblems)
)]
pub async fn export_articles(State(app): State<App>, me: SignedIn, Asked(wish): Asked<Export>) -> Result<Response> {
    let shop: ShopId = wish.shop.parse().map_err(|_| Problem::not_found())?;
    let format = Format::from(wish.format);
    let content = library::export(&app.desk, &me.staff, shop, format).await?;
    let known = app.desk.store.shop(shop).await?.ok_or_else(Problem::not_found)?;
    let stem: String = known.key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let disposition = format!("attachment; filename=\"{}\"", format.file_name(&format!("{stem}-articles")));
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Problem::internal)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
