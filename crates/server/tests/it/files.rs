//! Uploads and signed links.

use axum::http::{Method, StatusCode, header};
use insta::assert_snapshot;
use serde_json::json;

use crate::desk::{desk, desk_with, upload};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x02\0\0\0";

#[tokio::test]
async fn a_picture_goes_there_and_back() {
    let desk = desk().await;
    let (token, id) = desk.chat().await;
    let bearer = format!("Bearer {token}");
    let sent = desk.send(upload("/api/widget/files", "破 损.png", PNG, &[("authorization", &bearer)])).await;
    assert_snapshot!(sent.shown(), @r#"200 {"bytes":29,"file":"fil_1","height":3,"media_type":"image/png","name":"破 损.png","url":"…","width":2}"#);
    let body = json!({"client_id": "c1", "text": "", "attachments": [sent.text("/file")]});
    let path = format!("/api/widget/conversations/{id}/messages");
    let said = desk.shopper(&token, Method::POST, &path, Some(body)).await;
    assert_eq!(said.text("/message/body/attachments/0/url"), sent.text("/url"));

    let link = sent.text("/url");
    let content = desk.ask(Method::GET, &link, None).await;
    assert_eq!((content.status, content.bytes.as_slice()), (StatusCode::OK, PNG));
    assert_eq!(content.header(header::CONTENT_TYPE), "image/png");
    assert_eq!(content.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(content.header(header::CONTENT_DISPOSITION).starts_with("inline; filename*=UTF-8''%E7%A0%B4"));

    let forged = desk.ask(Method::GET, &format!("{}AA", &link[..link.len() - 2]), None).await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND);
    let other_file = link.replace(&sent.text("/file"), "fil_00000000000000000000000001");
    assert_eq!(desk.ask(Method::GET, &other_file, None).await.status, StatusCode::NOT_FOUND);
    desk.clock.advance_ms(26 * 3_600_000);
    assert_snapshot!(desk.ask(Method::GET, &link, None).await.shown(), @"403 expired_token: This link no longer works. Please reload the page.");
}

#[tokio::test]
async fn files_that_are_refused() {
    let desk = desk_with(&[("TANDEM_LIMITS__FILE_BYTES", "1000")]).await;
    let token = desk.visitor().await;
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let program = desk.send(upload("/api/widget/files", "photo.png", b"MZ\x90\0\x03", &headers)).await;
    assert_snapshot!(program.shown(), @"415 unsupported_type: file is of a type that is not supported [file unsupported_type]");
    let page = desk.send(upload("/api/widget/files", "a.txt", b"<html><script>alert(1)</script>", &headers)).await;
    assert_eq!(page.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let large = desk.send(upload("/api/widget/files", "a.txt", &[b'a'; 1001], &headers)).await;
    assert_snapshot!(large.shown(), @"413 too_large: This is too large.");
    let empty = desk.send(upload("/api/widget/files", "a.txt", b"", &headers)).await;
    assert_snapshot!(empty.shown(), @"422 invalid: file must not be empty [file empty]");
    let nobody = desk.send(upload("/api/widget/files", "a.txt", b"hi", &[])).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    let no_form = desk.shopper(&token, Method::POST, "/api/widget/files", Some(json!({}))).await;
    assert_eq!(no_form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn anothers_file_can_not_be_sent() {
    let desk = desk().await;
    let (token, _) = desk.chat().await;
    let (stranger, id) = desk.chat().await;
    let bearer = format!("Bearer {token}");
    let sent = desk.send(upload("/api/widget/files", "a.txt", b"mine", &[("authorization", &bearer)])).await;
    let body = json!({"client_id": "c1", "text": "x", "attachments": [sent.text("/file")]});
    let path = format!("/api/widget/conversations/{id}/messages");
    let answer = desk.shopper(&stranger, Method::POST, &path, Some(body)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn agents_send_files_too() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let headers = [("cookie", agent.cookie.as_str()), ("x-csrf-token", agent.csrf.as_str())];
    let sent = desk.send(upload("/api/console/files", "manual.txt", "说明".as_bytes(), &headers)).await;
    assert_snapshot!(sent.shown(), @r#"200 {"bytes":6,"file":"fil_1","media_type":"text/plain","name":"manual.txt","url":"…"}"#);
    let content = desk.ask(Method::GET, &sent.text("/url"), None).await;
    assert!(content.header(header::CONTENT_DISPOSITION).starts_with("attachment;"));
    let without = desk.send(upload("/api/console/files", "a.txt", b"x", &headers[..1])).await;
    assert_eq!(without.text("/code"), "csrf");
}
