// The product's mark and both of its names.

export function Wordmark() {
  return (
    <div className="wordmark">
      <img src="/console/icon.svg" alt="" />
      <span>
        Tandem <span className="muted">搭档</span>
      </span>
    </div>
  );
}
