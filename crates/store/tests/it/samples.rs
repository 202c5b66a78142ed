//! Sampled questions and their judgements; vectors of phrases.

use domain::{id::SampleId, time::Timestamp};
use store::Sample;

use crate::world::{T0, World};

pub async fn check_samples(world: &World) {
    let shop = world.shop().await;
    let staff = world.agent(&shop, "Judge").await;
    let article = crate::articles::stored(world, &shop, "returns").await;
    let (mut samples, mut shoppers) = (Vec::new(), Vec::new());
    for number in 0..3u8 {
        let talk = world.talk(&shop, T0).await;
        let conversation = talk.state.id;
        shoppers.push(talk.shopper);
        let sample = Sample {
            id: SampleId::from_bits(100 + u128::from(number)),
            shop: shop.id,
            conversation,
            seq: 1,
            at: Timestamp(1_000 * i64::from(number)),
            article: article.id,
            article_version: 1,
            language: "zh".into(),
            score: 0.25 * f64::from(number),
            threshold: 0.5,
            outcome: "answered".into(),
            is_right: None,
            judged_by: None,
            judged_at: None,
        };
        world.add_sample(&sample).await.unwrap();
        samples.push(sample);
    }
    let again = Sample { id: SampleId::from_bits(999), score: 0.9, ..samples[0].clone() };
    world.add_sample(&again).await.unwrap();
    assert_eq!(world.open_samples(shop.id, 10).await.unwrap(), samples, "the oldest first, each once");
    assert_eq!(world.sample(again.id).await.unwrap(), None);

    world.judge_sample(samples[1].id, true, staff.id, Timestamp(9)).await.unwrap();
    world.judge_sample(samples[1].id, false, staff.id, Timestamp(10)).await.unwrap();
    assert!(world.judge_sample(again.id, true, staff.id, Timestamp(9)).await.is_err());
    let judged = world.sample(samples[1].id).await.unwrap().unwrap();
    assert_eq!(
        (judged.is_right, judged.judged_by, judged.judged_at),
        (Some(false), Some(staff.id), Some(Timestamp(10)))
    );
    let open = world.open_samples(shop.id, 10).await.unwrap();
    assert_eq!(open.iter().map(|it| it.id).collect::<Vec<_>>(), [samples[0].id, samples[2].id]);
    for shopper in [shoppers[0], shoppers[1]] {
        world.erase_shopper(shopper, T0).await.unwrap();
    }
    assert_eq!(world.sample(samples[0].id).await.unwrap(), None, "what can't be read can't be judged");
    assert!(world.sample(samples[1].id).await.unwrap().is_some(), "what was judged stays");
    let since = world.samples_since(shop.id, Timestamp(1_000), 10).await.unwrap();
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
