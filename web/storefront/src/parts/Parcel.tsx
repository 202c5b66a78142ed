// A parcel's way, newest scan first.

import { useState } from "preact/hooks";
import type { Shipment } from "../contract";
import { fill, useSpoken } from "../language";

const SHOWN = 4;

export function Parcel({ shipment, number }: { shipment: Shipment; number?: number }) {
  const { t, of, time, day } = useSpoken();
  const [isAll, setAll] = useState(false);
  const scans = [...shipment.scans].sort((a, b) => b.at - a.at);
  const hidden = isAll ? 0 : Math.max(0, scans.length - SHOWN);
  return (
    <section class="panel parcel" aria-label={number ? fill(t.shipment_n, { n: number }) : t.shipment}>
      <header>
        <h2>{number ? fill(t.shipment_n, { n: number }) : t.shipment}</h2>
        <b class={`state s-${shipment.state}`}>{t[`s_${shipment.state}`]}</b>
      </header>
      <p class="hint">
        {of(shipment.carrier)} <code>{shipment.tracking_number}</code>
        {shipment.expected_at && shipment.state !== "delivered"
          ? ` · ${fill(t.expected, { at: day(shipment.expected_at) })}`
          : ""}
      </p>
      {scans.length === 0 && <p class="hint">{t.no_scans}</p>}
      <ol class="scans">
        {scans.slice(0, isAll ? undefined : SHOWN).map((scan, at) => (
          <li key={scan.at} class={at === 0 ? "latest" : ""}>
            <b>{of(scan.what)}</b>
            <small>
              {time(scan.at)} · {of(scan.place)}
            </small>
          </li>
        ))}
      </ol>
      {hidden > 0 && (
        <button type="button" class="text-button" onClick={() => setAll(true)}>
          {fill(t.earlier_scans, { n: hidden })}
        </button>
      )}
    </section>
  );
}
