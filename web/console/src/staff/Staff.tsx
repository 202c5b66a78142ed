// The people of the desk: who they are, what they may do, and in which shops.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Table } from "antd";
import { changeStaff, getStaff, type Staff as Person } from "api";
import { UserPlus, Users } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { PresenceDot } from "../app/PresenceSwitch";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed, useFaultText } from "../parts/States";
import { StaffForm } from "./StaffForm";

export function Staff() {
  const { t } = useTranslation();
  const { words } = useFormat();
  const me = useMe();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const faultText = useFaultText();
  const [edited, setEdited] = useState<Person | "new" | null>(null);
  const staff = useQuery({ queryKey: keyOf.staff, queryFn: getStaff });
  const disable = useMutation({
    mutationFn: (person: Person) => changeStaff(person.id, { disabled: !person.disabled }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf.staff }),
    onError: (error) => void message.error(faultText(error)),
  });
  const shopName = (id: string) => {
    const shop = me.shops.find((each) => each.id === id);
    return shop ? words(shop.name) : id;
  };
  function toggle(person: Person) {
    if (person.disabled) return disable.mutate(person);
    modal.confirm({
      title: t("staff.disableAsk", { name: person.name }),
      content: t("staff.disableAskText"),
      okText: t("staff.disable"),
      okButtonProps: { danger: true },
      cancelText: t("do.cancel"),
      onOk: () => disable.mutateAsync(person),
    });
  }
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.staff")}</h1>
          <p>{t("staff.text")}</p>
        </div>
        <span className="spread" />
        <Button type="primary" icon={<UserPlus size={15} />} onClick={() => setEdited("new")}>
          {t("staff.new")}
        </Button>
      </header>
      <div className="page-body">
        {staff.isPending && <Bones rows={8} height={26} />}
        {staff.isError && <Failed error={staff.error} onRetry={() => void staff.refetch()} />}
        {staff.data?.length === 0 && <Empty icon={Users} title={t("staff.none")} />}
        {!!staff.data?.length && (
          <Table<Person>
            size="small"
            rowKey="id"
            dataSource={staff.data}
            pagination={false}
            columns={[
              {
                title: t("staff.name"),
                render: (_, person) => (
                  <span
                    style={{
                      display: "flex",
                      alignItems: "center",
                      gap: 10,
                      opacity: person.disabled ? 0.55 : 1,
                    }}
                  >
                    <PresenceDot presence={person.presence ?? "offline"} />
                    <span>
                      <b>{person.name}</b>
                      <br />
                      <small className="muted">{person.email}</small>
                    </span>
                  </span>
                ),
              },
              {
                title: t("staff.roles"),
                render: (_, person) => (
                  <span style={{ display: "inline-flex", gap: 4, flexWrap: "wrap" }}>
                    {person.roles.map((role) => (
                      <span key={role} className="chip">
                        {t(`role.${role}`)}
                      </span>
                    ))}
                  </span>
                ),
              },
              {
                title: t("staff.shops"),
                render: (_, person) => person.shops.map(shopName).join(" · ") || t("staff.everyShop"),
              },
              {
                title: t("shopper.language"),
                width: 90,
                render: (_, person) => t(`language.${person.language}`),
              },
              {
                title: t("field.state"),
                width: 100,
                render: (_, person) => (
                  <span className={`chip ${person.disabled ? "bad" : "good"}`}>
                    {t(person.disabled ? "staff.disabled" : "staff.active")}
                  </span>
                ),
              },
              {
                width: 160,
                align: "end",
                render: (_, person) => (
                  <>
                    <Button size="small" type="text" onClick={() => setEdited(person)}>
                      {t("do.edit")}
                    </Button>
                    {person.id !== me.id && (
                      <Button
                        size="small"
                        type="text"
                        danger={!person.disabled}
                        onClick={() => toggle(person)}
                      >
                        {t(person.disabled ? "staff.enable" : "staff.disable")}
                      </Button>
                    )}
                  </>
                ),
              },
            ]}
          />
        )}
      </div>
      {edited && <StaffForm person={edited === "new" ? undefined : edited} onClose={() => setEdited(null)} />}
    </div>
  );
}
