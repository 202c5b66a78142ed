// Where it goes and how it's paid. Payment is a pretence that can be made to fail.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api, Refused } from "../api";
import { note } from "../behaviour";
import { cart, cartId, emptyCart, shippingFor } from "../cart";
import type { Address } from "../contract";
import { me } from "../customer";
import { canOrder, goodsTotal, optionsText } from "../known";
import { fill, useSpoken } from "../language";
import { chooseCustomer } from "../parts/DemoBar";
import { Picture } from "../parts/Picture";
import { Bones, Empty } from "../parts/States";
import { Summary } from "../parts/Summary";
import { go, Link } from "../place";
import { kept, useStore } from "../store";
import { METHODS } from "../texts/policies";
import { useKnown } from "./Cart";

type Field = Exclude<keyof Address, "country">;
const FIELDS: { name: Field; required: boolean; auto: string; wide?: boolean }[] = [
  { name: "recipient", required: true, auto: "name" },
  { name: "phone", required: true, auto: "tel" },
  { name: "province", required: true, auto: "address-level1" },
  { name: "city", required: true, auto: "address-level2" },
  { name: "district", required: false, auto: "address-level3" },
  { name: "postcode", required: false, auto: "postal-code" },
  { name: "street", required: true, auto: "street-address", wide: true },
];

export type Faults = Partial<Record<Field, "required" | "bad_phone">>;

export function faultsOf(address: Record<Field, string>): Faults {
  const faults: Faults = {};
  for (const { name, required } of FIELDS) if (required && !address[name].trim()) faults[name] = "required";
  if (!faults.phone && !/^\+?[\d\s-]{6,20}$/.test(address.phone.trim())) faults.phone = "bad_phone";
  return faults;
}

function rememberedAddress(): Partial<Address> {
  try {
    return JSON.parse(kept.get("address") ?? "{}");
  } catch {
    return {};
  }
}

export function Checkout() {
  const { t, of, money } = useSpoken();
  const lines = useStore(cart);
  const who = useStore(me);
  const { value } = useKnown(lines);
  const [faults, setFaults] = useState<Faults>({});
  const [trouble, setTrouble] = useState("");
  const [isBusy, setBusy] = useState(false);
  const before = rememberedAddress();
  const isOn = !!who?.customer && !!value?.length;
  useEffect(() => {
    if (isOn && value)
      note("Checkout Started", { cart_id: cartId(), value_minor: goodsTotal(value), currency: "CNY" });
    // Started once, also when a number changes meanwhile.
  }, [isOn]);

  if (who && !who.customer) {
    return (
      <div class="wide page">
        <h1 tabIndex={-1}>{t.checkout_title}</h1>
        <Empty icon="user" title={t.sign_in_first} note={t.sign_in_first_note}>
          <button type="button" class="button" onClick={chooseCustomer}>
            {t.choose_customer}
          </button>
        </Empty>
      </div>
    );
  }
  if (!lines.length && !isBusy) {
    return (
      <div class="wide page">
        <h1 tabIndex={-1}>{t.checkout_title}</h1>
        <Empty icon="cart" title={t.cart_empty} note={t.cart_empty_note}>
          <Link to="/catalogue" class="button">
            {t.hero_go}
          </Link>
        </Empty>
      </div>
    );
  }

  const submit = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const address = Object.fromEntries(
      FIELDS.map(({ name }) => [name, (values[name] ?? "").trim()]),
    ) as Record<Field, string>;
    const found = faultsOf(address);
    setFaults(found);
    const [first] = FIELDS.filter(({ name }) => found[name]);
    if (first) return (form.elements.namedItem(first.name) as HTMLElement).focus();
    setBusy(true);
    setTrouble("");
    note("Checkout Step Completed", { cart_id: cartId(), step: "address" });
    note("Payment Info Entered", { cart_id: cartId(), payment_method: values.method });
    try {
      const order = await api.place(lines, { ...address, country: "CN" });
      kept.set("address", JSON.stringify(address));
      emptyCart();
      if (values.fail) return go(`/orders/${order.key}?paid=0`);
      const paid = await api
        .pay(order.key, METHODS.find(({ key }) => key === values.method)?.record ?? METHODS[0].record)
        .then(
          () => 1,
          () => 0,
        );
      go(`/orders/${order.key}?paid=${paid}`);
    } catch (failure) {
      note("Checkout Failed", {
        cart_id: cartId(),
        stage: "order",
        error_code: failure instanceof Refused ? failure.code : "internal",
        retriable: true,
      });
      setTrouble((failure instanceof Refused && failure.message) || t.wrong_note);
      setBusy(false);
    }
  };

  const goods = value ? goodsTotal(value) : 0;
  return (
    <div class="wide page">
      <h1 tabIndex={-1}>{t.checkout_title}</h1>
      <form class="two" onSubmit={submit} noValidate>
        <div class="stack">
          <fieldset class="panel form">
            <legend>{t.address}</legend>
            {FIELDS.map(({ name, required, auto, wide }) => (
              <label key={name} class={wide ? "field wide-field" : "field"}>
                <span>
                  {t[name]}
                  {!required && <small> ({t.optional})</small>}
                </span>
                <input
                  name={name}
                  type={name === "phone" ? "tel" : "text"}
                  autoComplete={auto}
                  maxLength={120}
                  defaultValue={before[name] ?? (name === "recipient" ? who?.customer?.name : "") ?? ""}
                  required={required}
                  aria-invalid={!!faults[name]}
                  aria-describedby={faults[name] ? `${name}-fault` : undefined}
                />
                {faults[name] && (
                  <small class="bad" id={`${name}-fault`}>
                    {faults[name] === "required" ? fill(t.required, { name: t[name] }) : t.bad_phone}
                  </small>
                )}
              </label>
            ))}
          </fieldset>
          <fieldset class="panel form">
            <legend>{t.payment}</legend>
            <div class="methods">
              {METHODS.map(({ key }, at) => (
                <label key={key} class={`method ${key}`}>
                  <input type="radio" name="method" value={key} defaultChecked={at === 0} />
                  <i aria-hidden="true" />
                  {t[key]}
                </label>
              ))}
            </div>
            <p class="hint wide-field">{t.demo_pay}</p>
            <label class="check wide-field">
              <input type="checkbox" name="fail" value="1" aria-describedby="fail-note" />
              {t.pretend_failure}
            </label>
            <p class="hint wide-field" id="fail-note">
              {t.pretend_failure_note}
            </p>
          </fieldset>
        </div>
        <Summary goods={goods}>
          {value ? (
            <ul class="mini">
              {value.map((line) => (
                <li key={line.variant}>
                  <Picture picture={line.sold?.product.picture} of={line.product} alt="" />
                  <span>
                    {line.sold ? of(line.sold.product.title) : t.gone}
                    <small>{line.sold && optionsText(line.sold.variant, of)}</small>
                  </span>
                  <small>×{line.quantity}</small>
                </li>
              ))}
            </ul>
          ) : (
            <Bones rows={1} />
          )}
          {trouble && (
            <p class="notice bad" role="alert">
              {trouble}
            </p>
          )}
          <button type="submit" class="button large block" disabled={isBusy || !value || !canOrder(value)}>
            {isBusy
              ? t.placing
              : fill(t.place_order, {
                  amount: money({ minor: goods + shippingFor(goods), currency: "CNY" }),
                })}
          </button>
        </Summary>
      </form>
    </div>
  );
}
