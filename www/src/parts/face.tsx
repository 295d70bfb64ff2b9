// A faceplate drawn from the product's id: the same colours each time, and no picture from elsewhere.
import type { CatalogProduct } from "giftcard-partners/slim";

export function Face({ product }: { product: CatalogProduct }) {
  const name = product.Name ?? product.Id;
  const hash = hashOf(product.Id);
  const hue = hash % 360;
  const pattern = `pattern-${product.Id}`;
  return (
    <svg class="face" viewBox="0 0 320 190" aria-hidden="true">
      <defs>
        <pattern id={pattern} width="40" height="40" patternUnits="userSpaceOnUse" patternTransform={`rotate(${hash % 90})`}>
          {shapeOf(hash)}
        </pattern>
      </defs>
      <rect width="320" height="190" fill={`hsl(${hue} 48% 27%)`} />
      <rect width="320" height="190" fill={`url(#${pattern})`} />
      <circle cx="262" cy="38" r="88" fill={`hsl(${(hue + 40) % 360} 55% 42%)`} opacity="0.55" />
      <text x="24" y="86" font-size="60" font-weight="700" fill="#fff" font-family="ui-serif, Georgia, serif">
        {initialsOf(name)}
      </text>
      <text x="24" y="164" font-size="17" font-weight="600" fill="#fff">
        {name.length > 30 ? `${name.slice(0, 29)}…` : name}
      </text>
    </svg>
  );
}

function shapeOf(hash: number) {
  const light = { fill: "none", stroke: "#fff", opacity: "0.12", "stroke-width": "3" };
  switch (hash % 4) {
    case 0:
      return <path d="M0 20h40" {...light} />;
    case 1:
      return <circle cx="20" cy="20" r="9" {...light} />;
    case 2:
      return <path d="M0 40 20 0l20 40" {...light} />;
    default:
      return <path d="M4 20h32M20 4v32" {...light} />;
  }
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0]?.toUpperCase() ?? "").join("");
}

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return hash;
}
