// A product's picture with its room reserved, or a quiet placeholder.

import { Package } from "lucide-react";
import { useState } from "react";

export function Picture({ url, size }: { url?: string | null; size: number }) {
  const [isBroken, setBroken] = useState(false);
  return (
    <span className="product-picture" style={{ width: size, height: size }} aria-hidden>
      {url && !isBroken ? (
        <img src={url} alt="" loading="lazy" onError={() => setBroken(true)} />
      ) : (
        <Package size={size * 0.5} strokeWidth={1.5} />
      )}
    </span>
  );
}
