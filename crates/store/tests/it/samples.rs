//! Samples and their judgements; vectors of phrases.

use domain::{
    id::{ConversationId, SampleId},
    time::Timestamp,
};
use store::{Sample, SampleKind, Shop, Staff};

use crate::world::{T0, World};

pub async fn check_samples(world: &World) {
    let shop = world.shop().await;
    let staff = world.agent(&shop, "Judge").await;
    let article = crate::articles::stored(world, &shop, "returns").await;
    for (kind, from) in [(SampleKind::Answer, 100), (SampleKind::Handoff, 500)] {
        let article = (kind == SampleKind::Answer).then_some((article.id, 1));
        check_kind(world, &shop, &staff, Sample { kind, article, ..sample(&shop, from) }).await;
    }
}

fn sample(shop: &Shop, from: u128) -> Sample {
    Sample {
        id: SampleId::from_bits(from),
        kind: SampleKind::Answer,
        shop: shop.id,
        conversation: ConversationId::from_bits(0),
        seq: 1,
        at: Timestamp(0),
        article: None,
        language: "zh".into(),
        chance: 0.0,
        threshold: 0.5,
        outcome: "answered".into(),
        verdict: None,
        judged_by: None,
        judged_at: None,
    }
}

async fn check_kind(world: &World, shop: &Shop, staff: &Staff, first: Sample) {
    let kind = first.kind;
    let (mut samples, mut shoppers) = (Vec::new(), Vec::new());
    for number in 0..3u8 {
        let talk = world.talk(shop, T0).await;
        let conversation = talk.state.id;
        shoppers.push(talk.shopper);
        let sample = Sample {
            id: SampleId::from_bits(first.id.bits() + u128::from(number)),
            conversation,
            at: Timestamp(1_000 * i64::from(number)),
            chance: 0.25 * f64::from(number),
            ..first.clone()
        };
        world.add_sample(&sample).await.unwrap();
        samples.push(sample);
    }
    let again = Sample { id: SampleId::from_bits(999), chance: 0.9, ..samples[0].clone() };
    world.add_sample(&again).await.unwrap();
    assert_eq!(world.open_samples(kind, shop.id, 10).await.unwrap(), samples, "the oldest first, each once");
    assert_eq!(world.sample(kind, again.id).await.unwrap(), None);

    world.judge_sample(samples[1].id, true, staff.id, Timestamp(9)).await.unwrap();
    world.judge_sample(samples[1].id, false, staff.id, Timestamp(10)).await.unwrap();
    assert!(world.judge_sample(again.id, true, staff.id, Timestamp(9)).await.is_err());
    let judged = world.sample(kind, samples[1].id).await.unwrap().unwrap();
    assert_eq!(
        (judged.verdict, judged.judged_by, judged.judged_at),
        (Some(false), Some(staff.id), Some(Timestamp(10)))
    );
    let open = world.open_samples(kind, shop.id, 10).await.unwrap();
    assert_eq!(open.iter().map(|it| it.id).collect::<Vec<_>>(), [samples[0].id, samples[2].id]);
    for shopper in [shoppers[0], shoppers[1]] {
        world.erase_shopper(shopper, T0).await.unwrap();
    }
    assert_eq!(world.sample(kind, samples[0].id).await.unwrap(), None, "what can't be read can't be judged");
    assert!(world.sample(kind, samples[1].id).await.unwrap().is_some(), "what was judged stays");
    let since = world.samples_since(kind, shop.id, Timestamp(1_000), 10).await.unwrap();
    assert_eq!(since.iter().map(|it| it.id).collect::<Vec<_>>(), [samples[2].id, samples[1].id]);
}

pub async fn check_phrase_vectors(world: &World) {
    let hashes = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
    world.save_phrase_vectors("e5", &[(hashes[0].clone(), vec![1, 2]), (hashes[1].clone(), vec![3])]).await.unwrap();
    world.save_phrase_vectors("e5", &[(hashes[0].clone(), vec![9])]).await.unwrap();
    world.save_phrase_vectors("other", &[(hashes[2].clone(), vec![9])]).await.unwrap();
    let found = world.phrase_vectors("e5", &hashes).await.unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[&hashes[0]], [1, 2], "the first stays");
}
