//! Where shoppers look while they chat: kept for the team, and only where it may be.

use axum::http::{Method, StatusCode};
use domain::staff::Role;
use serde_json::json;

use crate::{
    desk::desk,
    sockets::{Client, listen},
};

#[tokio::test]
async fn pages_are_shown_to_the_team_the_latest_first_and_only_of_those_who_agree() {
    let desk = desk().await;
    let address = listen(&desk).await;
    let token = desk.visitor().await;
    let page = |path: &str| json!({"url": format!("https://shop.example{path}"), "title": path});
    let opened = json!({"page": page("/tents?token=secret")});
    let opened = desk.shopper(&token, Method::POST, "/api/widget/conversations", Some(opened)).await;
    let id = opened.text("/id");
    let follow = |page| json!({"type": "follow", "conversation": id, "after": 0, "page": page});
    let go = async |token: &str, header: &str, path: &str| {
        desk.clock.advance_ms(1_000);
        let mut shopper = Client::shopper_with(address, token, header).await;
        shopper.send(follow(page(path))).await;
        shopper.send(json!({"type": "ping"})).await;
        shopper.next("pong").await;
    };
    for (header, path) in
        [("x-a", "/mugs"), ("sec-gpc", "/private"), ("dnt", "/private"), ("x-a", "/mugs"), ("x-a", "/bags#top")]
    {
        go(&token, header, path).await;
    }
    go(&desk.visitor().await, "x-a", "/stranger").await;
    let agent = desk.agent().await;
    let list = format!("/api/console/conversations/{id}/visits");
    let seen = desk.console(&agent, Method::GET, &list, None).await;
    let urls: Vec<_> = seen.json.as_array().unwrap().iter().map(|visit| visit["page"]["url"].clone()).collect();
    assert_eq!(urls, ["https://shop.example/bags", "https://shop.example/mugs", "https://shop.example/tents"]);
    let elsewhere = desk.member(Role::Agent, &desk.other_shop).await;
    assert_eq!(desk.console(&elsewhere, Method::GET, &list, None).await.status, StatusCode::NOT_FOUND);
}
