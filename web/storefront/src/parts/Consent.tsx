// Asks whether the shop may look along. A strip in the page and not over it: one can go on shopping without an answer.

import { asking, type Choice, choose } from "../behaviour";
import { useSpoken } from "../language";
import { useStore } from "../store";

const ALL: Choice = { behaviour: true, service_outreach: true };
const QUIET: Choice = { behaviour: true, service_outreach: false };
const NONE: Choice = { behaviour: false, service_outreach: false };

export function Consent() {
  const { t } = useSpoken();
  if (!useStore(asking)) return null;
  return (
    <section class="consent" aria-label={t.consent}>
      <div class="wide">
        <p>{t.consent_text}</p>
        <div class="actions">
          <button type="button" class="button quiet" onClick={() => choose(ALL)}>
            {t.consent_all}
          </button>
          <button type="button" class="button quiet" onClick={() => choose(QUIET)}>
            {t.consent_quiet}
          </button>
          <button type="button" class="button quiet" onClick={() => choose(NONE)}>
            {t.consent_none}
          </button>
        </div>
      </div>
    </section>
  );
}
