// A list of words, one on each line.

import { Input } from "antd";
import { useState } from "react";
import { linesOf } from "./botSettings";

interface Props {
  id: string;
  name: string;
  hint: string;
  words: string[];
  fault?: string;
  isReadOnly: boolean;
  onChange: (text: string) => void;
}

export function WordListField({ id, name, hint, words, fault, isReadOnly, onChange }: Props) {
  // While typing, blank lines and spaces are the writer's own.
  const [typed, setTyped] = useState<string | null>(null);
  const isOwn = typed !== null && linesOf(typed).join("\n") === words.join("\n");
  return (
    <div className="field">
      <label htmlFor={id}>{name}</label>
      <Input.TextArea
        id={id}
        value={isOwn ? typed : words.join("\n")}
        readOnly={isReadOnly}
        autoSize={{ minRows: 3, maxRows: 10 }}
        aria-describedby={`${id}-hint`}
        status={fault ? "error" : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(event.target.value);
        }}
      />
      <div
        id={`${id}-hint`}
        className={fault ? "field-fault" : "field-hint"}
        role={fault ? "alert" : undefined}
      >
        {fault ?? hint}
      </div>
    </div>
  );
}
