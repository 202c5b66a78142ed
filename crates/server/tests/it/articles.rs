//! The shop's knowledge.

use axum::http::{Method, StatusCode, header};
use domain::staff::Role;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::desk::{Answer, Member, TestDesk, desk, upload};

const PATH: &str = "/api/console/articles";

fn draft(key: &str, question: &str, answer: &str) -> Value {
    json!({"key": key, "category": "returns", "zh": {"question": question, "aliases": ["能退吗"], "answer": answer}})
}

async fn create(desk: &TestDesk, member: &Member, shop: String, draft: Value) -> Answer {
    let mut body = draft;
    body["shop"] = json!(shop);
    desk.console(member, Method::POST, PATH, Some(body)).await
}

#[tokio::test]
async fn an_article_and_its_versions() {
    let desk = desk().await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    let shop = desk.shop.id.to_string();
    let made = create(&desk, &operator, shop.clone(), draft("return-window", "几天内可以退货？", "7 天内。")).await;
    assert_snapshot!(made.shown(), @r#"
    201 {
      archived: false
      category: "returns"
      en: null
      id: "art_1"
      indexed: "lexical"
      key: "return-window"
      scope: {"categories":[],"products":[]}
      shop: "shp_1"
      updated_at: 1795312800000
      updated_by: "operator 0"
      valid_from: null
      valid_until: null
      version: 1
      zh: {"aliases":["能退吗"],"answer":"7 天内。","question":"几天内可以退货？"}
    }
    "#);
    let taken = create(&desk, &operator, shop.clone(), draft("return-window", "又来", "又来")).await;
    assert_snapshot!(taken.shown(), @"422 invalid: key is already in use [key taken]");
    let empty = create(&desk, &operator, shop.clone(), json!({"key": "", "zh": {"question": "", "answer": "x"}})).await;
    assert_snapshot!(empty.shown(), @"422 invalid: key must not be empty; question must not be empty [key empty] [question empty]");
    let one = format!("{PATH}/{}", made.text("/id"));
    let changed = draft("return-window", "几天内可以退货？", "15 天内。");
    let update = json!({"version": 1, "draft": changed});
    let second = desk.console(&operator, Method::PUT, &one, Some(update.clone())).await;
    assert_eq!(second.json["version"], 2);
    assert_snapshot!(desk.console(&operator, Method::PUT, &one, Some(update)).await.shown(), @"409 conflict: Somebody changed this meanwhile. Please reload and try again.");
    let archived = desk.console(&operator, Method::POST, &format!("{one}/archive"), None).await;
    assert_eq!(archived.json["archived"], true);
    let list = format!("{PATH}?shop={shop}&state=archived");
    let list = desk.console(&operator, Method::GET, &list, None).await;
    assert_snapshot!(list.shown(), @r#"
    200 {
      categories: ["returns"]
      items: [
        {
          category: "returns"
          id: "art_1"
          indexed: "lexical"
          key: "return-window"
          languages: ["zh"]
          question: {"zh":"几天内可以退货？"}
          shop: "shp_1"
          state: "archived"
          updated_at: 1795312800000
          updated_by: "operator 0"
          version: 3
        }
      ]
      next: null
      total: 1
    }
    "#);
    let restored = desk.console(&operator, Method::POST, &format!("{one}/restore"), None).await;
    assert_eq!(restored.json["archived"], false);
    let first = desk.console(&operator, Method::POST, &format!("{one}/versions/1/restore"), None).await;
    assert_eq!((first.text("/zh/answer"), &first.json["version"]), ("7 天内。".into(), &json!(5)));
    let versions = desk.console(&operator, Method::GET, &format!("{one}/versions"), None).await;
    assert_eq!(versions.json.as_array().map(Vec::len), Some(5));
    for unknown in [format!("{one}/versions/9/restore"), format!("{one}/versions/x/restore")] {
        assert_eq!(desk.console(&operator, Method::POST, &unknown, None).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(desk.console(&operator, Method::GET, &one, None).await.json, first.json);
}

#[tokio::test]
async fn who_may_read_and_write() {
    let desk = desk().await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    let agent = desk.agent().await;
    let stranger = desk.member(Role::Operator, &desk.other_shop).await;
    let shop = desk.shop.id.to_string();
    let made = create(&desk, &operator, shop.clone(), draft("a", "问题", "答案")).await;
    let one = format!("{PATH}/{}", made.text("/id"));
    assert_eq!(desk.console(&agent, Method::GET, &one, None).await.status, StatusCode::OK);
    assert_eq!(desk.console(&stranger, Method::GET, &one, None).await.status, StatusCode::NOT_FOUND);
    for (member, status) in [(&agent, StatusCode::FORBIDDEN), (&stranger, StatusCode::NOT_FOUND)] {
        let update = json!({"version": 1, "draft": draft("a", "问题", "改")});
        assert_eq!(desk.console(member, Method::PUT, &one, Some(update)).await.status, status);
        assert_eq!(desk.console(member, Method::POST, &format!("{one}/archive"), None).await.status, status);
        assert_eq!(desk.console(member, Method::POST, &format!("{one}/versions/1/restore"), None).await.status, status);
        assert_eq!(create(&desk, member, shop.clone(), draft("b", "问题", "答案")).await.status, status);
        let headers = [("cookie", member.cookie.as_str()), ("x-csrf-token", member.csrf.as_str())];
        let import = upload(&format!("{PATH}/import?shop={shop}"), "a.csv", b"question,answer\nq,a\n", &headers);
        assert_eq!(desk.send(import).await.status, status);
    }
    let export = format!("{PATH}/export?shop={shop}&format=csv");
    assert_eq!(desk.console(&stranger, Method::GET, &export, None).await.status, StatusCode::NOT_FOUND);
    let theirs = desk.console(&stranger, Method::GET, PATH, None).await;
    assert_eq!(theirs.json["total"], 0);
}

#[tokio::test]
async fn trying_a_question() {
    let desk = desk().await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    let shop = desk.shop.id.to_string();
    create(&desk, &operator, shop.clone(), draft("return-window", "几天内可以退货？", "7 天内。")).await;
    create(&desk, &operator, shop.clone(), draft("invoice", "怎么开发票？", "在订单里申请。")).await;
    let path = format!("{PATH}/search");
    let question = json!({"shop": shop, "text": "几天内可以退货", "language": "zh"});
    let found = desk.console(&operator, Method::POST, &path, Some(question)).await;
    assert_eq!(
        (found.text("/basis"), found.text("/hits/0/article/key")),
        ("lexical_only".into(), "return-window".into())
    );
    assert_eq!(found.text("/hits/0/phrasing"), "几天内可以退货？");
    assert!(["answer", "clarify", "abstain"].contains(&found.text("/would/kind").as_str()));
    let empty = desk.console(&operator, Method::POST, &path, Some(json!({"shop": shop, "text": ""}))).await;
    assert_snapshot!(empty.shown(), @"422 invalid: text must not be empty [text empty]");
    let elsewhere = json!({"shop": desk.other_shop.id.to_string(), "text": "x"});
    assert_eq!(desk.console(&operator, Method::POST, &path, Some(elsewhere)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn in_and_out_as_files() {
    let desk = desk().await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    let shop = desk.shop.id.to_string();
    let headers = [("cookie", operator.cookie.as_str()), ("x-csrf-token", operator.csrf.as_str())];
    let csv = "key,category,language,question,answer\n\
        ship,delivery,zh,多久发货？,48 小时内。\n\
        broken,delivery,zh,没有答案？,\n";
    let path = format!("{PATH}/import?shop={shop}");
    let tried = desk.send(upload(&format!("{path}&dry_run=true"), "a.csv", csv.as_bytes(), &headers)).await;
    assert_snapshot!(tried.shown(), @r#"
    200 {
      created: 1
      rejected: [{"code":"empty","field":"answer","message":"must not be empty","row":3}]
      unchanged: 0
      updated: 0
      warnings: []
    }
    "#);
    assert_eq!(desk.console(&operator, Method::GET, PATH, None).await.json["total"], 0);
    let done = desk.send(upload(&path, "a.csv", csv.as_bytes(), &headers)).await;
    assert_eq!(done.json, tried.json);
    let again = desk.send(upload(&path, "a.csv", csv.as_bytes(), &headers)).await;
    assert_eq!((&again.json["created"], &again.json["unchanged"]), (&json!(0), &json!(1)));
    let unknown = desk.send(upload(&path, "a.exe", b"MZ", &headers)).await;
    assert_snapshot!(unknown.shown(), @"415 unsupported_type: This type is not supported.");
    let not_utf8 = desk.send(upload(&path, "a.xlsx", b"not a workbook", &headers)).await;
    assert_snapshot!(not_utf8.shown(), @"422 invalid: file is not in the expected form [file malformed]");

    for (format, media_type) in [
        ("csv", "text/csv; charset=utf-8"),
        ("md", "text/markdown; charset=utf-8"),
        ("jsonl", "application/jsonl; charset=utf-8"),
    ] {
        let export = format!("{PATH}/export?shop={shop}&format={format}");
        let export = desk.console(&operator, Method::GET, &export, None).await;
        assert_eq!((export.status, export.header(header::CONTENT_TYPE)), (StatusCode::OK, media_type));
        assert!(String::from_utf8_lossy(&export.bytes).contains("48 小时内"));
        assert!(export.header(header::CONTENT_DISPOSITION).contains(&format!("demo-articles.{format}")));
    }
    let bad = format!("{PATH}/export?shop={shop}&format=doc");
    assert_eq!(desk.console(&operator, Method::GET, &bad, None).await.status.as_u16(), 422);
}
