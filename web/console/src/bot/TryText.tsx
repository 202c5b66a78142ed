// A text to try the shop's saved rules on: what they find in it, and the text put right.

import { useMutation } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { checkText } from "api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MarkedText } from "../parts/MarkedText";
import { useFaultText } from "../parts/States";

const MOST_CHARS = 2000;

export function TryText({ shop }: { shop: string }) {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const [text, setText] = useState("");
  const check = useMutation({ mutationFn: (tried: string) => checkText(shop, tried) });
  const found = check.data;
  return (
    <section className="box" aria-labelledby="try-text">
      <h2 id="try-text">{t("compliance.try")}</h2>
      <form
        className="compliance-try"
        onSubmit={(event) => {
          event.preventDefault();
          check.mutate(text);
        }}
      >
        <Input.TextArea
          value={text}
          aria-label={t("compliance.tryLabel")}
          placeholder={t("compliance.tryHint")}
          maxLength={MOST_CHARS}
          autoSize={{ minRows: 2, maxRows: 8 }}
          onChange={(event) => setText(event.target.value)}
        />
        <Button htmlType="submit" loading={check.isPending} disabled={!text.trim()}>
          {t("compliance.check")}
        </Button>
      </form>
      <div role="status">
        {check.error && <p className="bad-text">{faultText(check.error)}</p>}
        {found?.findings.length === 0 && <p>{t("compliance.fine")}</p>}
        {found && found.findings.length > 0 && (
          <>
            <MarkedText text={check.variables ?? ""} slips={found.findings} />
            {found.rewritten && (
              <p className="compliance-rewrite">
                <b>{t("compliance.rewritten")}</b> {found.rewritten}{" "}
                <Button size="small" onClick={() => setText(found.rewritten ?? "")}>
                  {t("compliance.take")}
                </Button>
              </p>
            )}
          </>
        )}
      </div>
    </section>
  );
}
