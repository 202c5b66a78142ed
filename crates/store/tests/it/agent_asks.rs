//! What agents asked for.

use domain::time::Timestamp;
use store::{AgentAsk, AskedAgain};

use crate::world::{T0, World};

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
