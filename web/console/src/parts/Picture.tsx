// A product's picture with its room reserved, or a quiet placeholder.

import { Package } from "lucide-react";
import { useState } from "react";

/** Shops give a path, an absolute address, or a name below the pictures. */
export function pictureUrl(picture?: string | null): string | null {
  if (!picture) return null;
  if (/^(https?:\/\/|\/(?!\/)|data:image\/)/i.test(picture)) return picture;
  return /^[\w./-]+$/.test(picture) ? `/shop/pictures/${picture}` : null;
}

export function Picture({ url, size }: { url?: string | null; size: number }) {
  const [isBroken, setBroken] = useState(false);
  const address = pictureUrl(url);
  return (
    <span className="product-picture" style={{ width: size, height: size }} aria-hidden>
      {address && !isBroken ? (
        <img src={address} alt="" loading="lazy" onError={() => setBroken(true)} />
      ) : (
        <Package size={size * 0.5} strokeWidth={1.5} />
      )}
    </span>
  );
}
