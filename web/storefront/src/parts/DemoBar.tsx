// The demo's own bar: who the shop takes you for. Outside the shop's design on purpose, so nobody mistakes it for it.

import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../api";
import type { DemoCustomer } from "../contract";
import { me, signIn, signOut } from "../customer";
import { useSpoken } from "../language";
import { store, useStore } from "../store";
import { Icon } from "./Icon";

export const chooser = store(false);

export function chooseCustomer(): void {
  scrollTo(0, 0);
  chooser.set(true);
}

const levelText = (level: number) =>
  `level_${Math.min(2, Math.max(0, level))}` as "level_0" | "level_1" | "level_2";

export function DemoBar() {
  const { t, of } = useSpoken();
  const who = useStore(me);
  const isOpen = useStore(chooser);
  const [customers, setCustomers] = useState<DemoCustomer[]>();
  const [isBusy, setBusy] = useState(false);
  const bar = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    if (!customers) api.customers().then(setCustomers, () => setCustomers([]));
    const away = (event: MouseEvent) => bar.current?.contains(event.target as Node) || chooser.set(false);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      chooser.set(false);
      button.current?.focus();
    };
    addEventListener("mousedown", away);
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("mousedown", away);
      removeEventListener("keydown", onKey);
    };
  }, [isOpen, customers]);

  const be = async (work: () => Promise<void>) => {
    setBusy(true);
    await work().catch(() => {});
    setBusy(false);
    chooser.set(false);
    button.current?.focus();
  };

  return (
    <aside class="demo-bar" aria-label={t.demo} ref={bar}>
      <div class="wide">
        <span class="demo-label">{t.demo_bar}</span>
        <button
          type="button"
          ref={button}
          aria-expanded={isOpen}
          aria-controls="customers"
          onClick={() => chooser.set(!isOpen)}
        >
          <Icon name="user" size={16} />
          <b>{who?.customer ? who.customer.name : t.visitor}</b>
          {who?.customer && <span class="demo-level">{t[levelText(who.customer.level)]}</span>}
          <Icon name="down" size={16} />
        </button>
      </div>
      {isOpen && (
        <div class="customers" id="customers">
          <p>{t.choose_customer}</p>
          <ul aria-busy={isBusy}>
            {customers?.map((customer) => (
              <li key={customer.key}>
                <button
                  type="button"
                  disabled={isBusy}
                  aria-current={who?.customer?.key === customer.key}
                  onClick={() => be(() => signIn(customer.key))}
                >
                  <span class="initial" aria-hidden="true">
                    {[...customer.name][0]}
                  </span>
                  <span>
                    <b>{customer.name}</b>
                    <small>{of(customer.story)}</small>
                  </span>
                </button>
              </li>
            ))}
            {!customers && <li class="bone" style={{ height: 160 }} />}
            <li>
              <button
                type="button"
                disabled={isBusy}
                aria-current={who?.customer === null}
                onClick={() => be(signOut)}
              >
                <span class="initial" aria-hidden="true">
                  <Icon name="user" size={18} />
                </span>
                <span>
                  <b>{t.sign_out}</b>
                </span>
              </button>
            </li>
          </ul>
        </div>
      )}
    </aside>
  );
}
