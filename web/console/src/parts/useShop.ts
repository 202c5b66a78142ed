// The shop a page works on: the one in the address, or the first the person may see.

import { useMe } from "../app/me";

export function useShop(chosen?: string) {
  const me = useMe();
  const shop = me.shops.find((each) => each.id === chosen) ?? me.shops[0];
  return { shop, shops: me.shops };
}
