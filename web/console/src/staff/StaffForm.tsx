// Adding a person, or changing what they may do.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Modal, Select } from "antd";
import { ApiError, changeStaff, createStaff, type Role, type Staff, type StaffDraft } from "api";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { useFaultText } from "../parts/States";

const ROLES: Role[] = ["agent", "supervisor", "operator", "admin"];
const LEAST_CHARS = 10;

export function StaffForm({ person, onClose }: { person?: Staff; onClose: () => void }) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [form] = Form.useForm<StaffDraft>();
  const save = useMutation({
    mutationFn: ({ password, ...draft }: StaffDraft) =>
      person
        ? changeStaff(person.id, {
            name: draft.name,
            roles: draft.roles,
            shops: draft.shops,
            ...(password ? { password } : {}),
          })
        : createStaff({ ...draft, password }),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: keyOf.staff });
      onClose();
    },
    onError: (error) => {
      const fields = error instanceof ApiError ? error.fields : [];
      if (fields.length)
        form.setFields(
          fields.map((each) => ({ name: each.field as keyof StaffDraft, errors: [each.detail] })),
        );
      else message.error(faultText(error));
    },
  });
  const needed = { required: true, message: t("form.needed") };
  return (
    <Modal
      open
      width={460}
      title={person ? person.name : t("staff.new")}
      okText={t("do.save")}
      cancelText={t("do.cancel")}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={
          person ?? { roles: ["agent"], shops: me.shops.map((shop) => shop.id), language: me.language }
        }
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item
          name="email"
          label={t("signIn.email")}
          rules={[needed, { type: "email", message: t("staff.badEmail") }]}
        >
          <Input disabled={!!person} autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t("staff.name")} rules={[needed]} extra={t("staff.nameHint")}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="roles" label={t("staff.roles")} rules={[needed]}>
          <Select
            mode="multiple"
            options={ROLES.map((role) => ({
              value: role,
              label: t(`role.${role}`),
              title: t(`role.${role}Text`),
            }))}
            optionRender={(option) => <RoleOption role={option.value as Role} />}
          />
        </Form.Item>
        <Form.Item name="shops" label={t("staff.shops")} rules={[needed]}>
          <Select
            mode="multiple"
            options={me.shops.map((shop) => ({ value: shop.id, label: words(shop.name) }))}
          />
        </Form.Item>
        {!person && (
          <Form.Item name="language" label={t("menu.language")}>
            <Select
              options={[
                { value: "zh", label: t("language.zh") },
                { value: "en", label: t("language.en") },
              ]}
            />
          </Form.Item>
        )}
        <Form.Item
          name="password"
          label={t(person ? "staff.newPassword" : "signIn.password")}
          rules={[
            { required: !person, min: LEAST_CHARS, message: t("password.least", { count: LEAST_CHARS }) },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function RoleOption({ role }: { role: Role }) {
  const { t } = useTranslation();
  return (
    <span className="menu-line">
      {t(`role.${role}`)}
      <small>{t(`role.${role}Text`)}</small>
    </span>
  );
}
