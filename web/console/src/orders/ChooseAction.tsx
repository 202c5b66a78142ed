// What may be done to the order now, with its limits; what may not, with the rule that refuses it.

import type { ActionOffer } from "api";
import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActionName } from "../bot/actions";
import { useFormat } from "../format/use";
import { type FormName, isForm } from "./draft";

interface Props {
  offers: ActionOffer[];
  onChoose: (name: FormName) => void;
}

export function ChooseAction({ offers, onChoose }: Props) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const actionName = useActionName();
  const possible = offers.filter((offer) => offer.verdict !== "refused");
  const refused = offers.filter((offer) => offer.verdict === "refused");
  return (
    <>
      {possible.length === 0 && <p className="muted">{t("orderActions.nothing")}</p>}
      <ul className="offers">
        {possible.map((offer) => (
          <li key={offer.name}>
            <button
              type="button"
              className="offer"
              onClick={() => {
                if (isForm(offer.name)) onChoose(offer.name);
              }}
            >
              <span className="offer-head">
                <b>{actionName(offer.name)}</b>
                {offer.verdict === "needs_approval" && (
                  <span className="chip warn">
                    {t("policy.approvalBy", { who: t(`actor.${offer.approver ?? "supervisor"}`) })}
                  </span>
                )}
                <span className="spread" />
                <ChevronRight size={15} aria-hidden />
              </span>
              <OfferLimits offer={offer} />
            </button>
          </li>
        ))}
      </ul>
      {refused.length > 0 && (
        <>
          <h3 className="panel-title">{t("orderActions.refused")}</h3>
          <ul className="offers">
            {refused.map((offer) => (
              <li key={offer.name} className="offer is-refused">
                <b>{actionName(offer.name)}</b>
                <small>
                  {words(offer.text)} <code>{offer.rule}</code>
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** What has to hold besides, how much moves, and how long it can be undone. */
export function OfferLimits({ offer }: { offer: ActionOffer }) {
  const { t } = useTranslation();
  const { words, money, duration } = useFormat();
  return (
    <span className="offer-limits">
      {offer.verdict === "needs_approval" && <small>{words(offer.text)}</small>}
      {offer.sums.refund && <small>{t("orderActions.refund", { amount: money(offer.sums.refund) })}</small>}
      {offer.conditions.map((condition) => (
        <small key={condition.rule}>
          {condition.approver
            ? t("orderActions.mayNeed", { who: t(`actor.${condition.approver}`), why: words(condition.text) })
            : t("orderActions.condition", { text: words(condition.text) })}
        </small>
      ))}
      {offer.undo_ms != null && <small>{t("policy.undo", { time: duration(offer.undo_ms) })}</small>}
    </span>
  );
}
