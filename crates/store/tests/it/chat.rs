//! The ledger of the external chat model.

use store::ChatUse;

use crate::world::World;

pub async fn check_chat_ledger(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let used = |day, model: &str, failures| ChatUse {
        shop: shop.id,
        day,
        model: model.into(),
        calls: 1,
        failures,
        prompt_tokens: 100,
        completion_tokens: 7,
    };
    for one in [used(10, "a", 0), used(10, "a", 1), used(10, "b", 0), used(9, "a", 0), used(3, "a", 0)] {
        world.add_chat_use(&one).await.unwrap();
    }
    world.add_chat_use(&ChatUse { shop: other.id, ..used(10, "a", 0) }).await.unwrap();
    let both = ChatUse { calls: 2, failures: 1, prompt_tokens: 200, completion_tokens: 14, ..used(10, "a", 0) };
    let found = world.chat_use_since(shop.id, 9).await.unwrap();
    assert_eq!(found, [both, used(10, "b", 0), used(9, "a", 0)], "the latest first, a day's calls added up");
}
