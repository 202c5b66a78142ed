// What the shop promises.

import { useEffect } from "preact/hooks";
import { useSpoken } from "../language";
import { Link, place } from "../place";
import { useStore } from "../store";
import { tell } from "../tandem";
import { POLICIES } from "../texts/policies";

export function Policies() {
  const { t, of } = useSpoken();
  const at = useStore(place).query.get("at");
  useEffect(() => {
    if (at) document.getElementById(at)?.scrollIntoView();
  }, [at]);
  return (
    <div class="wide page policies">
      <h1 tabIndex={-1}>{t.policies}</h1>
      <p class="lead">{t.policies_note}</p>
      <div class="columns">
        <nav aria-label={t.policies}>
          {POLICIES.map((policy) => (
            <Link key={policy.key} to={`/policies?at=${policy.key}`}>
              {of(policy.title)}
            </Link>
          ))}
          <button type="button" class="button quiet" onClick={() => tell("open")}>
            {t.ask}
          </button>
        </nav>
        <div>
          {POLICIES.map((policy) => (
            <section key={policy.key} id={policy.key} data-tandem-policy={policy.key}>
              <h2>{of(policy.title)}</h2>
              <ul>
                {policy.points.map((point) => (
                  <li key={point.en}>{of(point)}</li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}
