// Changing one's own password.

import { useMutation } from "@tanstack/react-query";
import { App, Form, Input, Modal } from "antd";
import { changePassword } from "api";
import { useTranslation } from "react-i18next";
import { useFaultText } from "../parts/States";

const LEAST_CHARS = 10;

export function PasswordForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [form] = Form.useForm<{ current: string; next: string; again: string }>();
  const change = useMutation({
    mutationFn: ({ current, next }: { current: string; next: string }) => changePassword(current, next),
    onSuccess: () => {
      message.success(t("password.done"));
      onClose();
    },
    onError: (error) => form.setFields([{ name: "current", errors: [faultText(error)] }]),
  });
  return (
    <Modal
      open
      title={t("menu.password")}
      okText={t("do.save")}
      cancelText={t("do.cancel")}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={400}
    >
      <Form form={form} layout="vertical" onFinish={(values) => change.mutate(values)} requiredMark={false}>
        <Form.Item
          name="current"
          label={t("password.current")}
          rules={[{ required: true, message: t("form.needed") }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="next"
          label={t("password.next")}
          rules={[{ required: true, min: LEAST_CHARS, message: t("password.least", { count: LEAST_CHARS }) }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t("password.again")}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue("next")
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("password.differs"))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
