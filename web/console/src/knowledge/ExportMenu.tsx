// Taking the knowledge out, in a format of choice.

import { Button, Dropdown } from "antd";
import { type ExportFormat, exportUrl } from "api";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";

const FORMATS: ExportFormat[] = ["xlsx", "csv", "md", "jsonl", "yaml"];

export function ExportMenu({ shop }: { shop: string }) {
  const { t } = useTranslation();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: FORMATS.map((format) => ({
          key: format,
          label: (
            <a href={exportUrl(shop, format)} download>
              {t(`export.${format}`)}
            </a>
          ),
        })),
      }}
    >
      <Button icon={<Download size={15} />}>{t("export.do")}</Button>
    </Dropdown>
  );
}
