// A text with what was found in it marked by how grave it is, and what each finding is about.

import type { Slip } from "api";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { piecesOf } from "./marked";
import "./marked.css";

interface Props {
  text: string;
  slips: Slip[];
  onShow?: (slip: Slip) => void;
}

export function MarkedText({ text, slips, onShow }: Props) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const pieces = piecesOf(text, slips);
  if (pieces.length === 0) return null;
  return (
    <>
      <p className="marked-text">
        {pieces.map((piece, index) =>
          piece.slip ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same word may stand twice
            <mark key={index} className={`is-${piece.slip.severity}`} title={words(piece.slip.reason)}>
              {piece.text}
            </mark>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names
            <span key={index}>{piece.text}</span>
          ),
        )}
      </p>
      <ul className="marked-why">
        {slips.map((slip, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same word may stand twice
          <li key={index}>
            <span className={`marked-severity is-${slip.severity}`}>{t(`severity.${slip.severity}`)}</span>
            {onShow ? (
              <button type="button" className="link-button" onClick={() => onShow(slip)}>
                {slip.text}
              </button>
            ) : (
              <b>{slip.text}</b>
            )}
            <span className="muted">
              {words(slip.title)} · {words(slip.reason)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
