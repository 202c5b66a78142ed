// Beside the conversation: who the shopper is, what they look at, their orders, and products to put into a reply.

import { useQuery } from "@tanstack/react-query";
import { type ConsoleConversation, getOrders } from "api";
import { BadgeCheck, Eye, Mail, Phone, ShieldQuestion } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { initialOf, SpeakerMark } from "../parts/Speaker";
import { Bones, Empty, Failed } from "../parts/States";
import { useShopperName } from "./name";
import { OrderBox } from "./OrderBox";
import { PastConversations } from "./PastConversations";
import { ProductSearch } from "./ProductSearch";
import { Visits } from "./Visits";
import "./shopper.css";

export function ShopperPanel({ id, conversation }: { id: string; conversation?: ConsoleConversation }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<"shopper" | "past" | "products">("shopper");
  return (
    <aside className="panel" aria-label={t("panel.name")}>
      <div className="panel-tabs" role="tablist">
        {(["shopper", "past", "products"] as const).map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={tab === each}
            className={tab === each ? "is-on" : ""}
            onClick={() => setTab(each)}
          >
            {t(`panel.${each}`)}
          </button>
        ))}
      </div>
      <div className="panel-body">
        {!conversation ? (
          <Bones rows={8} height={18} />
        ) : tab === "shopper" ? (
          <About id={id} conversation={conversation} />
        ) : tab === "past" ? (
          <PastConversations id={id} />
        ) : (
          <ProductSearch shop={conversation.shop} language={conversation.language} />
        )}
      </div>
    </aside>
  );
}

function About({ id, conversation }: { id: string; conversation: ConsoleConversation }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const nameOf = useShopperName();
  const orders = useQuery({
    queryKey: keyOf.orders(id),
    queryFn: ({ signal }) => getOrders(id, signal),
    staleTime: 60_000,
  });
  const { shopper, page } = conversation;
  const customer = orders.data?.customer;
  const level = customer?.level ?? shopper.level;
  return (
    <>
      <section className="about">
        <div className="about-head">
          <SpeakerMark kind="shopper" initial={initialOf(shopper.name)} size={40} />
          <div>
            <h3>{nameOf(shopper)}</h3>
            {shopper.verified ? (
              <span className="chip good">
                <BadgeCheck size={11} /> {t("shopper.verified")}
              </span>
            ) : (
              <span className="chip warn">
                <ShieldQuestion size={11} /> {t("shopper.notVerified")}
              </span>
            )}{" "}
            {!!level && <span className="chip accent">{t("shopper.level", { level })}</span>}
          </div>
        </div>
        <dl>
          <Fact name={t("shopper.language")} value={t(`language.${shopper.language}`)} />
          {customer && <Fact name={t("shopper.since")} value={date(customer.since)} />}
          {customer?.phone_masked && <Fact name={t("shopper.phone")} value={customer.phone_masked} />}
          {customer?.email_masked && <Fact name={t("shopper.email")} value={customer.email_masked} />}
          {shopper.contact && (
            <Fact
              name={t("shopper.contact")}
              value={
                <>
                  {shopper.contact.includes("@") ? <Mail size={12} /> : <Phone size={12} />} {shopper.contact}
                </>
              }
            />
          )}
        </dl>
        {page && (
          <p className="viewing">
            <Eye size={13} />
            <span>
              <small className="muted">{t("shopper.viewing")}</small>
              <span className="ellipsis" title={page.url}>
                {page.title || page.url}
              </span>
            </span>
          </p>
        )}
        <Visits id={id} />
      </section>
      <section>
        <h4 className="panel-title">
          {t("panel.orders")}{" "}
          {!!orders.data?.orders.length && <span className="muted number">{orders.data.orders.length}</span>}
        </h4>
        {orders.isPending && <Bones rows={5} height={18} />}
        {orders.isError && <Failed error={orders.error} onRetry={() => void orders.refetch()} />}
        {orders.data?.unavailable && <p className="panel-warn">{t("panel.unavailable")}</p>}
        {orders.data && !orders.data.unavailable && orders.data.orders.length === 0 && (
          <Empty
            icon={ShieldQuestion}
            title={t(shopper.verified ? "panel.noOrders" : "panel.ordersHidden")}
            text={shopper.verified ? undefined : t("panel.ordersHiddenText")}
          />
        )}
        {orders.data?.orders.map((order, index) => (
          <OrderBox
            key={order.key}
            conversation={id}
            shop={conversation.shop}
            order={order}
            isOpen={index === 0 || order.key === conversation.card?.order?.key}
          />
        ))}
      </section>
    </>
  );
}

function Fact({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
