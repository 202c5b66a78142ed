//! Sampled turns and their judgements; what agents asked for.

use domain::{id::SampleId, time::Timestamp};
use store::{AgentAsk, AskedAgain, HandoffSample};

use crate::world::{T0, World};

pub async fn check_handoff_samples(world: &World) {
    let shop = world.shop().await;
    let staff = world.agent(&shop, "Judge").await;
    let (mut samples, mut shoppers) = (Vec::new(), Vec::new());
    for number in 0..3u8 {
        let talk = world.talk(&shop, T0).await;
        shoppers.push(talk.shopper);
        let sample = HandoffSample {
            id: SampleId::from_bits(500 + u128::from(number)),
            shop: shop.id,
            conversation: talk.state.id,
            seq: 1,
            at: Timestamp(1_000 * i64::from(number)),
            language: "zh".into(),
            chance: 0.25 * f64::from(number),
            threshold: 0.55,
            outcome: "went_on".into(),
            needed_human: None,
            judged_by: None,
            judged_at: None,
        };
        world.add_handoff_sample(&sample).await.unwrap();
        samples.push(sample);
    }
    let again = HandoffSample { id: SampleId::from_bits(999), chance: 0.9, ..samples[0].clone() };
    world.add_handoff_sample(&again).await.unwrap();
    assert_eq!(world.open_handoff_samples(shop.id, 10).await.unwrap(), samples, "the oldest first, each once");
    assert_eq!(world.handoff_sample(again.id).await.unwrap(), None);

    world.judge_handoff_sample(samples[1].id, false, staff.id, Timestamp(9)).await.unwrap();
    world.judge_handoff_sample(samples[1].id, true, staff.id, Timestamp(10)).await.unwrap();
    assert!(world.judge_handoff_sample(again.id, true, staff.id, Timestamp(9)).await.is_err());
    let judged = world.handoff_sample(samples[1].id).await.unwrap().unwrap();
    assert_eq!(
        (judged.needed_human, judged.judged_by, judged.judged_at),
        (Some(true), Some(staff.id), Some(Timestamp(10)))
    );
    for shopper in [shoppers[0], shoppers[1]] {
        world.erase_shopper(shopper, T0).await.unwrap();
    }
    assert_eq!(world.handoff_sample(samples[0].id).await.unwrap(), None, "what can't be read can't be judged");
    assert!(world.handoff_sample(samples[1].id).await.unwrap().is_some(), "what was judged stays");
    let since = world.handoff_samples_since(shop.id, Timestamp(1_000), 10).await.unwrap();
    assert_eq!(since.iter().map(|it| it.id).collect::<Vec<_>>(), [samples[2].id, samples[1].id]);
}

pub async fn check_agent_asks(world: &World) {
    let shop = world.shop().await;
    let other = world.shop().await;
    let staff = world.agent(&shop, "Asker").await;
    let talk = world.talk(&shop, T0).await;
    let ask = |seq: i64, asked: i64, again: i64| AgentAsk {
        conversation: talk.state.id,
        seq,
        shop: shop.id,
        staff: staff.id,
        at: Timestamp(100 * seq),
        asked,
        again,
    };
    for (seq, asked, again) in [(3, 0, 0), (5, 2, 1), (7, 1, 0), (5, 9, 9)] {
        world.add_agent_ask(&ask(seq, asked, again)).await.unwrap();
    }
    let all = world.asked_again(shop.id, Timestamp(0)).await.unwrap();
    assert_eq!(all, AskedAgain { messages: 3, asking: 2, again: 1 }, "each message once");
    assert_eq!(world.asked_again(shop.id, Timestamp(600)).await.unwrap().messages, 1);
    assert_eq!(world.asked_again(other.id, Timestamp(0)).await.unwrap(), AskedAgain::default());
}
