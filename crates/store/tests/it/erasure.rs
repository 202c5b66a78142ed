//! Erasing a person leaves nothing of what was said, in any table or in the file.

use domain::{actor::Actor, conversation::Command, id::*, message::Body, trace::*};
use store::*;

use crate::world::{T0, World, append, bodies, bot_reply};

/// In everything that belongs to the person.
const SECRET: &str = "秘密-whisper";

pub async fn check_erasure(world: &World) {
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    let mut shopper = world.store.shopper(talk.shopper).await.unwrap().unwrap();
    shopper.name = Some(format!("name {SECRET}"));
    shopper.contact = Some(format!("contact {SECRET}"));
    world.update_shopper(&shopper).await.unwrap();
    let file = StoredFile {
        id: FileId::from_bits(world.next()),
        shop: shop.id,
        uploader: shopper.id.to_string(),
        name: format!("{SECRET}.png"),
        media_type: "image/png".into(),
        bytes: 3,
        width: Some(1),
        height: Some(1),
        sha256: "00".into(),
        created_at: T0,
    };
    world.create_file(&file).await.unwrap();
    talk.say(world, T0, &format!("my {SECRET}")).await;
    talk.enter_queue(world, T0, shop.queue).await;
    talk.act(world, T0, Actor::Shopper(shopper.id), Command::ChooseBot).await;
    talk.say(world, T0, &format!("again {SECRET}")).await;
    let reply = bot_reply(world, &talk.state);
    let expected = talk.decide(T0, Actor::Bot, reply).unwrap();
    let reply = Append {
        bodies: bodies(&talk.last, SECRET),
        trace: Some(trace(world, talk.state.id)),
        memory: Some(format!("{{\"said\":\"{SECRET}\"}}")),
        page: Some(Page { url: format!("https://{SECRET}"), title: SECRET.into(), product: None, order: None }),
        preview: Some(Preview { by: "bot", text: SECRET.into() }),
        ..append(&talk, expected)
    };
    assert_eq!(world.append(reply).await.unwrap(), Appended::Done);
    leave_traces_in_the_workspace(world, &shop, talk.state.id).await;
    let other = other_persons_talk(world, &shop).await;
    assert!(world.all_texts().await.iter().filter(|line| line.contains(SECRET)).count() > 7);
    assert_eq!(is_in_file(world), world.kind() == StoreKind::Sqlite);

    let counts = world.erase_shopper(shopper.id, T0.plus_ms(1)).await.unwrap();
    assert_eq!(counts, ErasedCounts { conversations: 1, bodies: 4, traces: 1, files: 1 });
    let left: Vec<_> = world.all_texts().await.into_iter().filter(|line| line.contains(SECRET)).collect();
    assert_eq!(left, Vec::<String>::new());
    assert!(!is_in_file(world), "not even in free pages or the write-ahead log");

    talk.assert_consistent(world).await;
    let erased = serde_json::to_string(&Body::erased()).unwrap();
    for event in world.events(talk.state.id, 0, 100).await.unwrap() {
        assert!(event.body.is_none_or(|body| body == erased));
    }
    let bare = world.store.shopper(shopper.id).await.unwrap().unwrap();
    assert_eq!((bare.name, bare.contact), (None, None));
    assert_eq!(world.files_of(shopper.id).await.unwrap()[0].id, file.id, "its content can still be found and deleted");
    assert_eq!(world.traces_of(talk.state.id, 9).await.unwrap(), vec![]);
    assert_eq!(world.erase_shopper(shopper.id, T0).await.unwrap(), ErasedCounts::default(), "once is enough");
    let kept = world.events(other, 1, 1).await.unwrap();
    assert_eq!(kept[0].body.as_deref(), Some("{\"text\":\"something else\"}"), "others keep theirs");
    talk.say(world, T0, "after").await;
    talk.assert_consistent(world).await;
}

async fn other_persons_talk(world: &World, shop: &Shop) -> ConversationId {
    let mut other = world.talk(shop, T0).await;
    other.say(world, T0, "something else").await;
    other.state.id
}

fn trace(world: &World, conversation: ConversationId) -> Trace {
    Trace {
        id: TraceId::from_bits(world.next()),
        conversation,
        seq: 2,
        at: T0,
        took_ms: 1,
        language: domain::language::Language::Zh,
        epoch: 1,
        outcome: TurnOutcome::Replied,
        steps: vec![TraceStep {
            stage: TurnStage::Understand,
            took_ms: 1,
            summary: domain::language::Bilingual::new(SECRET, SECRET),
            detail: serde_json::Value::Null,
        }],
        sources: vec![],
    }
}

/// Whether the bytes are in SQLite's files; elsewhere this can't be seen, and counts as what is expected.
fn is_in_file(world: &World) -> bool {
    let Some(file) = world.file() else { return false };
    let beside = file.with_extension("db-wal");
    [file, beside]
        .iter()
        .filter_map(|path| std::fs::read(path).ok())
        .any(|bytes| bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()))
}

/// What the team writes down about a conversation beside its log.
async fn leave_traces_in_the_workspace(world: &World, shop: &Shop, conversation: ConversationId) {
    let ann = world.agent(shop, "Ann").await;
    let draft = Draft { staff: ann.id, conversation, text: SECRET.into(), is_note: false, is_shared: false, at: T0 };
    world.save_draft(&draft).await.unwrap();
    let task = Task {
        id: TaskId::from_bits(world.next()),
        shop: shop.id,
        conversation: Some(conversation),
        kind: TaskKind::FollowUp,
        owner: Some(ann.id),
        queue: None,
        by: Some(ann.id),
        text: SECRET.into(),
        due_at: T0,
        reminded_at: None,
        done_at: None,
        created_at: T0,
        owner_name: None,
        shopper_name: None,
        contact: None,
    };
    world.create_task(&task).await.unwrap();
    let page = Page { url: format!("/{SECRET}"), title: SECRET.into(), product: None, order: None };
    world.visit(&Visit { conversation, at: T0, page }, 9).await.unwrap();
    let reply = NewPastReply {
        seq: 2,
        staff: ann.id,
        language: domain::language::Language::Zh,
        at: T0,
        question: SECRET.into(),
        reply: SECRET.into(),
        vector: None,
    };
    world.keep_past_replies(conversation, shop.id, &[reply]).await.unwrap();
}
