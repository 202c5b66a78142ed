// What the routing page does to a plan, apart from showing it.

import type { RoutingPlan, Seat, Span } from "api";

const DAY = 24 * 60;
const clock = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;

/** "9:00-12:00, 13:00-18:00"; what runs past midnight ends with the next day's clock. */
export const writeSpans = (spans: Span[]): string =>
  spans.map(({ from, until }) => `${clock(from)}-${clock(until > DAY ? until - DAY : until)}`).join(", ");

function minuteOf(text: string): number | null {
  const [, hour, minute = "0"] = /^(\d{1,2})(?::(\d{2}))?$/.exec(text.trim()) ?? [];
  if (hour === undefined) return null;
  const all = Number(hour) * 60 + Number(minute);
  return all <= DAY && Number(minute) < 60 ? all : null;
}

/** Null when it can't be understood. */
export function readSpans(text: string): Span[] | null {
  const spans: Span[] = [];
  for (const part of text.split(/[,，;；]/).filter((each) => each.trim())) {
    const [from, until, more] = part.split(/[-–—~至]/).map(minuteOf);
    if (from == null || until == null || more !== undefined || from >= DAY) return null;
    spans.push({ from, until: until <= from ? until + DAY : until });
  }
  return spans;
}

/** The plan has an entry only for agents about whom something was said. */
export const seatOf = (plan: RoutingPlan, staff: string): Seat =>
  plan.seats?.find((seat) => seat.staff === staff) ?? {
    staff,
    skills: [],
    languages: [],
    weight: 100,
    capacity: 300,
    shifts: [[], [], [], [], [], [], []],
  };

export function withSeat(plan: RoutingPlan, seat: Seat): RoutingPlan {
  const seats = plan.seats ?? [];
  const isKnown = seats.some((each) => each.staff === seat.staff);
  return {
    ...plan,
    seats: isKnown ? seats.map((each) => (each.staff === seat.staff ? seat : each)) : [...seats, seat],
  };
}

export const skillsIn = (plan: RoutingPlan): string[] => {
  const all = [...(plan.seats ?? []), ...(plan.rules ?? [])].flatMap((each) => each.skills ?? []);
  return [...new Set(all)].sort();
};

const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

/** An identifier as the desk makes them: 128 bits in base 32, time first. */
export function newQueueId(now: number, random: (bytes: Uint8Array) => Uint8Array): string {
  let bits = BigInt(now) << 80n;
  random(new Uint8Array(10)).forEach((byte, place) => {
    bits |= BigInt(byte) << BigInt(8 * place);
  });
  const digit = (place: number) => DIGITS[Number((bits >> BigInt(5 * (25 - place))) & 31n)];
  return `que_${Array.from({ length: 26 }, (_, place) => digit(place)).join("")}`;
}

/** How many more agents an hour needs; null when that can't be told. */
export const missing = (hour: { scheduled?: number | null; needed?: number | null }): number | null =>
  hour.scheduled == null || hour.needed == null ? null : hour.needed - hour.scheduled;
