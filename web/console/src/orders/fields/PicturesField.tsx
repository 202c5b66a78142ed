// Pictures of a problem, uploaded by the agent.

import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { uploadFile } from "api";
import { ImagePlus, X } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../parts/IconButton";
import { useFaultText } from "../../parts/States";
import type { FieldProps } from "../ActionForm";

export function PicturesField({ draft, shop, change }: FieldProps) {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const input = useRef<HTMLInputElement>(null);
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(file, shop),
    onSuccess: ({ file: id, name }) => change({ pictures: [...draft.pictures, { id, name }] }),
  });
  return (
    <div className="field">
      <span className="field-name">{t("actionField.pictures")}</span>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) upload.mutate(file);
        }}
      />
      {draft.pictures.map((picture) => (
        <div key={picture.id} className="item-choice">
          <span className="ellipsis">{picture.name}</span>
          <IconButton
            icon={X}
            size={13}
            name={t("actionField.removePicture", { name: picture.name })}
            onClick={() => change({ pictures: draft.pictures.filter((each) => each.id !== picture.id) })}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<ImagePlus size={13} />}
        loading={upload.isPending}
        onClick={() => input.current?.click()}
      >
        {t("actionField.addPicture")}
      </Button>
      {upload.isError && (
        <div className="field-fault" role="alert">
          {faultText(upload.error)}
        </div>
      )}
    </div>
  );
}
