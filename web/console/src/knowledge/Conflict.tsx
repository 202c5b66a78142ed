// Someone else saved first: both changes side by side, and a decision.

import { Button, Modal } from "antd";
import type { Article, ArticleDraft } from "api";
import { useTranslation } from "react-i18next";
import { Compare } from "./Compare";
import { draftOf } from "./draft";

interface Props {
  base: ArticleDraft;
  mine: ArticleDraft;
  theirs: Article;
  isBusy: boolean;
  onMine: () => void;
  onTheirs: () => void;
  onClose: () => void;
}

export function Conflict({ base, mine, theirs, isBusy, onMine, onTheirs, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      width={960}
      title={t("conflict.title", { name: theirs.updated_by, version: theirs.version })}
      onCancel={onClose}
      footer={[
        <Button key="edit" onClick={onClose}>
          {t("conflict.edit")}
        </Button>,
        <Button key="theirs" onClick={onTheirs}>
          {t("conflict.takeTheirs")}
        </Button>,
        <Button key="mine" type="primary" loading={isBusy} onClick={onMine}>
          {t("conflict.keepMine")}
        </Button>,
      ]}
    >
      <p className="muted">{t("conflict.text")}</p>
      <div className="conflict">
        <div>
          <h3>{t("conflict.theirs", { name: theirs.updated_by })}</h3>
          <Compare before={base} after={draftOf(theirs)} />
        </div>
        <div>
          <h3>{t("conflict.mine")}</h3>
          <Compare before={base} after={mine} />
        </div>
      </div>
    </Modal>
  );
}
