//! Sockets over a real listener: following and resuming a log, saying something, nonsense, and the team's pointers.

use std::{net::SocketAddr, time::Duration};

use axum::http::Method;
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        http::{HeaderName, HeaderValue},
    },
};

use crate::desk::{Member, TestDesk, desk, desk_with};

const PATIENCE: Duration = Duration::from_secs(10);
const QUIET: Duration = Duration::from_millis(300);

pub struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

pub async fn listen(desk: &TestDesk) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = desk.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

impl Client {
    async fn shopper(address: SocketAddr, token: &str) -> Self {
        Self::shopper_with(address, token, "x-nothing").await
    }

    /// With a header that says `1`.
    pub async fn shopper_with(address: SocketAddr, token: &str, header: &str) -> Self {
        let mut request = format!("ws://{address}/api/widget/ws?token={token}").into_client_request().unwrap();
        let name: HeaderName = header.parse().unwrap();
        request.headers_mut().insert(name, HeaderValue::from_static("1"));
        Self(connect_async(request).await.unwrap().0)
    }

    async fn console(address: SocketAddr, member: &Member, origin: &str) -> Result<Self, u16> {
        let mut request = format!("ws://{address}/api/console/ws").into_client_request().unwrap();
        request.headers_mut().insert("cookie", HeaderValue::from_str(&member.cookie).unwrap());
        request.headers_mut().insert("origin", HeaderValue::from_str(origin).unwrap());
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    pub async fn send(&mut self, frame: Value) {
        self.0.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The next frame of a type; others are passed over.
    pub async fn next(&mut self, kind: &str) -> Value {
        timeout(PATIENCE, async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Text(text))) => {
                        let frame: Value = serde_json::from_str(&text).unwrap();
                        if frame["type"] == kind {
                            return frame;
                        }
                    }
                    Some(Ok(_)) => {}
                    other => panic!("closed while waiting for {kind}: {other:?}"),
                }
            }
        })
        .await
        .unwrap_or_else(|_| panic!("no {kind} came"))
    }

    /// Whether the other side closes within a while.
    async fn is_closed(&mut self) -> bool {
        timeout(PATIENCE, async { while let Some(Ok(_)) = self.0.next().await {} }).await.is_ok()
    }

    async fn is_quiet(&mut self, kind: &str) -> bool {
        timeout(QUIET, self.next(kind)).await.is_err()
    }
}

fn texts(frame: &Value) -> Vec<String> {
    let events = frame["events"].as_array().unwrap();
    events.iter().filter_map(|event| event["message"]["body"]["text"].as_str()).map(str::to_owned).collect()
}

#[tokio::test]
async fn following_and_resuming() {
    let desk = desk().await;
    let address = listen(&desk).await;
    let (token, id) = desk.chat().await;
    desk.say(&token, &id, "c1", "one").await;
    let mut client = Client::shopper(address, &token).await;
    client.send(json!({"type": "follow", "conversation": id, "after": 0})).await;
    let first = client.next("events").await;
    assert_eq!((texts(&first), &first["seq"]), (vec!["one".to_owned()], &json!(2)));
    assert_eq!(client.next("state").await["conversation"]["controller"], "bot");
    desk.say(&token, &id, "c2", "two").await;
    assert_eq!(texts(&client.next("events").await), ["two"]);
    drop(client);
    desk.say(&token, &id, "c3", "three").await;
    let mut client = Client::shopper(address, &token).await;
    client.send(json!({"type": "follow", "conversation": id, "after": 3})).await;
    assert_eq!(texts(&client.next("events").await), ["three"]);
    desk.work().await;
    let answered = client.next("events").await;
    assert_eq!(answered["events"][0]["by"], "bot");
    client.send(json!({"type": "ping"})).await;
    client.next("pong").await;
}

#[tokio::test]
async fn saying_it_twice_is_saying_it_once() {
    let desk = desk().await;
    let address = listen(&desk).await;
    let (token, id) = desk.chat().await;
    let mut client = Client::shopper(address, &token).await;
    client.send(json!({"type": "follow", "conversation": id, "after": 0})).await;
    client.next("state").await;
    let say = json!({"type": "say", "conversation": id, "client_id": "c1", "text": "<script>alert(1)</script>"});
    client.send(say.clone()).await;
    let accepted = client.next("accepted").await;
    assert_eq!(
        (&accepted["client_id"], &accepted["seq"], &accepted["duplicate"]),
        (&json!("c1"), &json!(2), &json!(false))
    );
    assert_eq!(accepted["message"]["body"]["text"], "<script>alert(1)</script>");
    client.send(say).await;
    let again = client.next("accepted").await;
    assert_eq!((&again["duplicate"], &again["message"]["id"]), (&json!(true), &accepted["message"]["id"]));
    assert_eq!(desk.stored(&id).await.conversation.last_shopper_seq, 2);
    client.send(json!({"type": "say", "conversation": id, "client_id": "c2", "text": ""})).await;
    let refused = client.next("refused").await;
    assert_eq!((&refused["client_id"], &refused["code"]), (&json!("c2"), &json!("invalid")));
}

#[tokio::test]
async fn only_ones_own() {
    let desk = desk().await;
    let address = listen(&desk).await;
    let (_, id) = desk.chat().await;
    let mut stranger = Client::shopper(address, &desk.visitor().await).await;
    stranger.send(json!({"type": "follow", "conversation": id, "after": 0})).await;
    assert_eq!(stranger.next("refused").await["code"], "not_found");
    stranger.send(json!({"type": "say", "conversation": id, "client_id": "c1", "text": "hi"})).await;
    assert_eq!(stranger.next("refused").await["code"], "not_found");
    stranger.send(json!({"type": "read", "conversation": id, "seq": 1})).await;
    assert_eq!(stranger.next("refused").await["code"], "not_found");
    assert!(connect_async(format!("ws://{address}/api/widget/ws?token=nonsense")).await.is_err());
    assert!(connect_async(format!("ws://{address}/api/widget/ws")).await.is_err());
}

#[tokio::test]
async fn nonsense_is_answered_until_it_is_too_much() {
    let desk = desk_with(&[("TANDEM_SOCKETS__MALFORMED_FRAMES", "3")]).await;
    let address = listen(&desk).await;
    let (token, _) = desk.chat().await;
    let mut client = Client::shopper(address, &token).await;
    for nonsense in ["", "{", "[]", "{\"type\":\"dance\"}"] {
        client.0.send(Message::text(nonsense)).await.unwrap();
        assert_eq!(client.next("error").await["code"], "invalid");
        // Something sensible in between makes good for it.
        client.send(json!({"type": "ping"})).await;
        client.next("pong").await;
    }
    for _ in 0..3 {
        client.0.send(Message::binary(vec![0, 1, 2])).await.unwrap();
        client.next("error").await;
    }
    assert!(client.is_closed().await);
    // Whoever sends too much at once is closed; everybody else isn't.
    let mut large = Client::shopper(address, &token).await;
    let mut other = Client::shopper(address, &token).await;
    let _ = large.0.send(Message::text("x".repeat(20_000))).await;
    assert!(large.is_closed().await);
    other.send(json!({"type": "ping"})).await;
    other.next("pong").await;
}

#[tokio::test]
async fn a_flood_is_cut_off() {
    let desk = desk_with(&[("TANDEM_SOCKETS__FRAMES_PER_10S", "20")]).await;
    let address = listen(&desk).await;
    let (token, _) = desk.chat().await;
    let mut client = Client::shopper(address, &token).await;
    for _ in 0..20 {
        client.send(json!({"type": "ping"})).await;
        client.next("pong").await;
    }
    client.send(json!({"type": "ping"})).await;
    assert!(client.is_closed().await);
}

#[tokio::test]
async fn shopper_and_agent_see_each_other() {
    let desk = desk().await;
    let address = listen(&desk).await;
    let agent = desk.agent().await;
    let (token, id) = desk.chat().await;
    let mut shopper = Client::shopper(address, &token).await;
    shopper.send(json!({"type": "follow", "conversation": id, "after": 0})).await;
    shopper.next("state").await;
    let origin = format!("http://{address}");
    assert_eq!(Client::console(address, &agent, "http://evil.example").await.err(), Some(403));
    let nobody = Member { cookie: "tandem_console=x".into(), ..agent.clone() };
    assert_eq!(Client::console(address, &nobody, &origin).await.err(), Some(401));
    let mut console = Client::console(address, &agent, &origin).await.ok().unwrap();
    console.next("inbox").await;

    let base = format!("/api/console/conversations/{id}");
    desk.shopper(&token, Method::POST, &format!("/api/widget/conversations/{id}/human"), Some(json!({}))).await;
    let alert = console.next("alert").await;
    assert_eq!((&alert["conversation"], &alert["reason"]), (&json!(id), &json!("asked")));
    let queued = shopper.next("state").await;
    assert_eq!(queued["conversation"]["queue"]["position"], 1);
    desk.console(&agent, Method::POST, &format!("{base}/take-over"), Some(json!({}))).await;
    assert_eq!(shopper.next("state").await["conversation"]["agent"]["name"], "agent 0");
    desk.console(&agent, Method::POST, &format!("{base}/typing"), Some(json!({}))).await;
    assert_eq!(shopper.next("typing").await["by"], "agent");
    shopper.send(json!({"type": "typing", "conversation": id})).await;
    let typing = loop {
        let frame = console.next("typing").await;
        if frame["by"] == "shopper" {
            break frame;
        }
    };
    assert_eq!(typing["conversation"], json!(id));
    let note = json!({"text": "between us"});
    desk.console(&agent, Method::POST, &format!("{base}/notes"), Some(note)).await;
    let seen = shopper.next("events").await;
    assert_eq!(seen["events"], json!([]));
}

#[tokio::test]
async fn pointers_stay_in_the_shop() {
    let desk = desk().await;
    let address = listen(&desk).await;
    let stranger = desk.member(domain::staff::Role::Supervisor, &desk.other_shop).await;
    let mut console = Client::console(address, &stranger, &format!("http://{address}")).await.ok().unwrap();
    console.next("inbox").await;
    let (token, id) = desk.chat().await;
    desk.say(&token, &id, "c1", "hi").await;
    assert!(console.is_quiet("conversation").await);
}

#[tokio::test]
async fn a_signed_out_socket_is_closed() {
    let desk = desk_with(&[("TANDEM_SOCKETS__RESYNC_MS", "100")]).await;
    let address = listen(&desk).await;
    let agent = desk.agent().await;
    let mut console = Client::console(address, &agent, &format!("http://{address}")).await.ok().unwrap();
    console.next("inbox").await;
    desk.console(&agent, Method::POST, "/api/console/sign-out", None).await;
    assert_eq!(console.next("bye").await["reason"], "signed_out");
    assert!(console.is_closed().await);
}

#[tokio::test]
async fn everybody_hears_that_the_desk_restarts() {
    let desk = desk().await;
    let address = listen(&desk).await;
    let (token, _) = desk.chat().await;
    let mut client = Client::shopper(address, &token).await;
    desk.stop.send(true).unwrap();
    assert_eq!(client.next("bye").await["reason"], "restart");
    assert!(client.is_closed().await);
}

#[tokio::test]
async fn an_address_has_only_so_many_sockets() {
    let desk = desk_with(&[("TANDEM_SOCKETS__MAX_PER_ADDRESS", "2")]).await;
    let address = listen(&desk).await;
    let (token, _) = desk.chat().await;
    let first = Client::shopper(address, &token).await;
    let _second = Client::shopper(address, &token).await;
    assert!(connect_async(format!("ws://{address}/api/widget/ws?token={token}")).await.is_err());
    drop(first);
    // The place is free once the server has noticed.
    for _ in 0..100 {
        if connect_async(format!("ws://{address}/api/widget/ws?token={token}")).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the place was not given back");
}
