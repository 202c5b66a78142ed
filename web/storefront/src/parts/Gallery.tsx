// A product's drawing as a whole and closer up. One drawing, three looks at it.

import { useState } from "preact/hooks";
import type { Product } from "../contract";
import { fill, useSpoken } from "../language";
import { Picture } from "./Picture";

const VIEWS = ["whole", "near", "above"] as const;

export function Gallery({ product }: { product: Product }) {
  const { t, of } = useSpoken();
  const [view, setView] = useState<(typeof VIEWS)[number]>("whole");
  const title = of(product.title);
  return (
    <div class="gallery">
      <div class={`main ${view}`}>
        <Picture
          picture={product.picture}
          of={product.key}
          alt={fill(t.picture_of, { title, view: t[`view_${view}`] })}
          eager
        />
      </div>
      <div class="thumbs">
        {VIEWS.map((each) => (
          <button
            type="button"
            key={each}
            class={each}
            aria-pressed={view === each}
            aria-label={t[`view_${each}`]}
            onClick={() => setView(each)}
          >
            <Picture picture={product.picture} of={product.key} alt="" eager />
          </button>
        ))}
      </div>
    </div>
  );
}
