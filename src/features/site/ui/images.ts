import type { AssetFacts } from "@/features/assets";
import type { ShownAsset } from "@/platform/markdown";
import { brandingOf } from "./branding";
import type { SiteFacts } from "./facts";

/*
 * Addresses of the library's files are written down without the site's name, which may change: `assets/2f6f…-640.webp`
 * stands beside the page that shows it.
 */
const FOLDER = "assets/";
const addressOf = (id: string, variant?: string) => `${FOLDER}${id}${variant ? `-${variant}` : ""}`;

/** What stands for an image elsewhere: in a preview of a link, in a reader, in a search result. */
const COVER = "1280.jpg";
export const coverOf = (assetId: string) => addressOf(assetId, COVER);

/** Absolute, where it is one of the library's; `home` is the site's address. */
export const absoluteImage = (home: string, address: string) =>
  address.startsWith(FOLDER) ? `${home}/${address}` : address;

/** As wide as the text, and never wider than the window. */
const SIZES = "(min-width: 46rem) 43.5rem, 100vw";

/** How a page shows a file: an image in sizes for every window, anything else as what is linked to. */
export function shownAsset({ id, kind, width, height, animated, variants, altText }: AssetFacts): ShownAsset {
  if (kind !== "Image") return { src: addressOf(id) };
  const alt = altText;
  if (animated) return { src: addressOf(id, "animated.webp"), width: width!, height: height!, alt };
  const sized = variants.filter(({ name }) => /^\d+\.webp$/.test(name)).sort((one, other) => one.width - other.width);
  const srcSet = sized.map((variant) => `${addressOf(id, variant.name)} ${variant.width}w`).join(", ");
  return { src: addressOf(id, sized.at(-1)!.name), srcSet, sizes: SIZES, width: width!, height: height!, alt };
}

/** The logo, for the page itself and for those who fetch it from elsewhere, and the favicon. All of them absolute. */
export function brandImages({ branding }: Pick<SiteFacts, "branding">, home: string) {
  const { logoUrl, logoAssetId, faviconAssetId } = brandingOf(branding);
  const own = (id: string | undefined, variant: string) => id && absoluteImage(home, addressOf(id, variant));
  return {
    logo: own(logoAssetId, "320.webp") ?? logoUrl,
    logoForOthers: own(logoAssetId, COVER) ?? logoUrl,
    favicon: own(faviconAssetId, "thumbnail.webp"),
  };
}
