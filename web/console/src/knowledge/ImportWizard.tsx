// Bringing knowledge in: choose a file, look at what would happen, then do it.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Modal, Steps, Table } from "antd";
import { type ImportFault, type ImportReport, importArticles } from "api";
import { CircleCheckBig, FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { fileSize } from "../format/format";
import { Empty, useFaultText } from "../parts/States";

const ACCEPT = ".csv,.xlsx,.md,.yaml,.yml,.jsonl,.json,.txt";

export function ImportWizard({ shop, onClose }: { shop: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const faultText = useFaultText();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [isOver, setOver] = useState(false);
  const check = useMutation({ mutationFn: (chosen: File) => importArticles(shop, chosen, true) });
  const run = useMutation({
    mutationFn: (chosen: File) => importArticles(shop, chosen, false),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf.articles }),
  });
  const step = run.isSuccess ? 2 : check.isSuccess ? 1 : 0;
  const useful = (check.data?.created ?? 0) + (check.data?.updated ?? 0);

  function choose(chosen: File | undefined) {
    if (!chosen) return;
    setFile(chosen);
    run.reset();
    check.mutate(chosen);
  }

  const footer = [
    step === 1 && (
      <Button key="other" onClick={() => check.reset()}>
        {t("import.other")}
      </Button>
    ),
    <Button key="close" onClick={onClose}>
      {t(step === 2 ? "do.close" : "do.cancel")}
    </Button>,
    step === 1 && file && (
      <Button
        key="run"
        type="primary"
        disabled={useful === 0}
        loading={run.isPending}
        onClick={() => run.mutate(file)}
      >
        {t("import.confirm", { count: useful })}
      </Button>
    ),
  ];
  return (
    <Modal
      open
      title={t("import.name")}
      width={720}
      footer={footer}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Steps
        size="small"
        current={step}
        items={[{ title: t("import.choose") }, { title: t("import.check") }, { title: t("import.finish") }]}
        className="import-steps"
      />
      {step === 0 && (
        <button
          type="button"
          className={`import-drop ${isOver ? "is-over" : ""}`}
          disabled={check.isPending}
          onClick={() => picker.current?.click()}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            choose(event.dataTransfer.files[0]);
          }}
        >
          <FileUp size={28} strokeWidth={1.5} />
          <b>{check.isPending ? t("import.checking") : t("import.drop")}</b>
          <span className="muted">{t("import.formats")}</span>
        </button>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        accept={ACCEPT}
        onChange={(event) => choose(event.target.files?.[0])}
      />
      {(check.isError || run.isError) && (
        <Alert type="error" showIcon title={faultText(run.error ?? check.error)} />
      )}
      {step === 1 && check.data && (
        <>
          <p className="muted import-file">
            {file?.name} · {fileSize(file?.size ?? 0)} · {t("import.nothingYet")}
          </p>
          <Report report={check.data} />
        </>
      )}
      {step === 2 && run.data && (
        <Empty
          icon={CircleCheckBig}
          title={t("import.done")}
          text={t("import.doneText", {
            created: run.data.created,
            updated: run.data.updated,
            rejected: rowsIn(run.data.rejected),
          })}
        />
      )}
    </Modal>
  );
}

/** A row may have several faults. */
const rowsIn = (faults: ImportFault[]): number => new Set(faults.map((fault) => fault.row)).size;

function Report({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const numbers = [
    { name: t("import.created"), value: report.created, tone: "good-text" },
    { name: t("import.updated"), value: report.updated, tone: "" },
    { name: t("import.unchanged"), value: report.unchanged, tone: "muted" },
    {
      name: t("import.rejected"),
      value: rowsIn(report.rejected),
      tone: report.rejected.length ? "bad-text" : "muted",
    },
  ];
  const faults = [
    ...report.rejected.map((fault) => ({ ...fault, isRejected: true })),
    ...report.warnings.map((fault) => ({ ...fault, isRejected: false })),
  ];
  return (
    <>
      <dl className="import-numbers">
        {numbers.map((each) => (
          <div key={each.name}>
            <dd className={`number ${each.tone}`}>{each.value}</dd>
            <dt>{each.name}</dt>
          </div>
        ))}
      </dl>
      {faults.length > 0 && (
        <Table<ImportFault & { isRejected: boolean }>
          size="small"
          rowKey={(fault) => `${fault.row}-${fault.field}-${fault.code}`}
          dataSource={faults}
          pagination={faults.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
          scroll={{ y: 260 }}
          columns={[
            { title: t("import.row"), dataIndex: "row", width: 70 },
            { title: t("import.field"), dataIndex: "field", width: 130 },
            {
              title: t("import.what"),
              render: (_, fault) => (
                <>
                  <span className={`chip ${fault.isRejected ? "bad" : "warn"}`}>
                    {t(fault.isRejected ? "import.isRejected" : "import.isWarning")}
                  </span>{" "}
                  {fault.message}
                </>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
