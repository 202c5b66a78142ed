// Where the shopper looked in the shop while the chat was open, the latest page first.

import { useQuery } from "@tanstack/react-query";
import { getVisits } from "api";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";

export function Visits({ id }: { id: string }) {
  const { t } = useTranslation();
  const { shortTime } = useFormat();
  const { data = [] } = useQuery({
    queryKey: keyOf.visits(id),
    queryFn: ({ signal }) => getVisits(id, signal),
  });
  // The page they are on now stands above.
  if (data.length < 2) return null;
  return (
    <details className="visits">
      <summary>{t("shopper.visits", { count: data.length })}</summary>
      <ol>
        {data.map((visit) => (
          <li key={`${visit.conversation}${visit.at}`}>
            <time className="number muted">{shortTime(visit.at)}</time>
            <a href={visit.page.url} target="_blank" rel="noopener noreferrer" className="ellipsis">
              {visit.page.title || visit.page.url}
            </a>
          </li>
        ))}
      </ol>
    </details>
  );
}
