// Structured detail as a readable, foldable tree.

import "./detail.css";

export function DetailTree({ value }: { value: unknown }) {
  return (
    <div className="detail">
      <Node value={value} depth={0} />
    </div>
  );
}

function Node({ value, depth }: { value: unknown; depth: number }) {
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== "object" || each === null))
      return <span className="detail-value">{value.map(String).join(", ") || "—"}</span>;
    return <Pairs pairs={value.map((each, index) => [String(index + 1), each])} depth={depth} />;
  }
  if (value !== null && typeof value === "object")
    return <Pairs pairs={Object.entries(value)} depth={depth} />;
  return (
    <span className={`detail-value detail-${typeof value}`}>
      {value === null || value === undefined ? "—" : String(value)}
    </span>
  );
}

function Pairs({ pairs, depth }: { pairs: [string, unknown][]; depth: number }) {
  if (pairs.length === 0) return <span className="detail-value">—</span>;
  return (
    <dl>
      {pairs.map(([name, value]) => {
        const isBranch =
          value !== null &&
          typeof value === "object" &&
          (!Array.isArray(value) || value.some((each) => typeof each === "object"));
        return isBranch ? (
          <details key={name} open={depth < 2}>
            <summary>{name}</summary>
            <Node value={value} depth={depth + 1} />
          </details>
        ) : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Node value={value} depth={depth + 1} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
