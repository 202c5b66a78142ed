// A product's drawing, or a tidy ridge where there is none yet.

import { useEffect, useState } from "preact/hooks";
import { BASE } from "../place";

export function pictureUrl(picture: string | null | undefined, key: string): string {
  if (picture && /^(https?:)?\//.test(picture)) return picture;
  return `${BASE}/pictures/${picture ?? `${key}.svg`}`;
}

interface PictureProps {
  picture?: string | null;
  of: string;
  alt: string;
  eager?: boolean;
}

export function Picture({ picture, of, alt, eager }: PictureProps) {
  const source = pictureUrl(picture, of);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => setMissing(false), [source]);
  if (isMissing) {
    return (
      <span class="picture missing" role="img" aria-label={alt}>
        <svg viewBox="0 0 100 100" aria-hidden="true">
          <path d="M0 78 26 48l18 20 16-24 40 34v22H0z" />
          <path d="M0 88 34 66l22 14 18-12 26 18v14H0z" opacity=".6" />
        </svg>
      </span>
    );
  }
  return (
    <img
      class="picture"
      src={source}
      alt={alt}
      width={400}
      height={400}
      loading={eager ? "eager" : "lazy"}
      decoding="async"
      onError={() => setMissing(true)}
    />
  );
}
