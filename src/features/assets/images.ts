import sharp, { type Sharp } from "sharp";
import { RefusedFile } from "./inspect";

export type MadeVariant = { name: string; contentType: string; width: number; height: number; bytes: Buffer };
export type MadeImage = { width: number; height: number; animated: boolean; variants: MadeVariant[] };

/** More pixels are refused before they are decoded: 8,000 by 8,000, which takes 256 MB. */
const MAX_PIXELS = 64_000_000;
const MAX_SECONDS = 30;

const WEBP_WIDTHS = [320, 640, 1280, 2048];
/** For crawlers and networks that know no WebP. */
const JPEG_WIDTH = 1280;
/** A tall image is made narrower rather than taller than this many times its width. */
const MAX_RATIO = 4;
const THUMBNAIL_PIXELS = 320;
/** Of the JPEG: what Bluesky takes, which is the least of the networks. */
const MAX_JPEG_BYTES = 1_000_000;
const JPEG_QUALITIES = [82, 70, 55, 40];

/**
 * Smaller ones of an image, upright and without what a camera wrote into it: where it was taken, by whom and with what.
 * @throws RefusedFile for what can't be decoded, or is too large to be
 */
export async function makeVariants(bytes: Buffer): Promise<MadeImage> {
  try {
    const { autoOrient, pages = 1 } = await open(bytes).metadata();
    const { width, height } = autoOrient;
    const variants = [];
    for (const wide of widthsFor(width)) variants.push(await encode(`${wide}.webp`, "image/webp", webp(bytes, wide)));
    variants.push(await jpegOf(bytes));
    const thumbnail = open(bytes)
      .autoOrient()
      .resize({ width: THUMBNAIL_PIXELS, height: THUMBNAIL_PIXELS, fit: "cover" });
    variants.push(await encode("thumbnail.webp", "image/webp", thumbnail.webp({ quality: 75 })));
    return { width, height, animated: pages > 1, variants };
  } catch (cause) {
    throw new RefusedFile(
      `This image can't be read: it is damaged, or has more than ${MAX_PIXELS / 1_000_000} million pixels.`,
      { cause },
    );
  }
}

const open = (bytes: Buffer) =>
  sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" }).timeout({ seconds: MAX_SECONDS });

/** Up to the first one that has room for all of it; nothing is enlarged. */
function widthsFor(width: number): number[] {
  const enough = WEBP_WIDTHS.findIndex((wide) => wide >= width);
  return enough < 0 ? WEBP_WIDTHS : WEBP_WIDTHS.slice(0, enough + 1);
}

const resized = (bytes: Buffer, width: number) =>
  open(bytes)
    .autoOrient()
    .resize({ width, height: width * MAX_RATIO, fit: "inside", withoutEnlargement: true });

const webp = (bytes: Buffer, width: number) => resized(bytes, width).webp({ quality: 80 });

/** The best one that every network takes. */
async function jpegOf(bytes: Buffer): Promise<MadeVariant> {
  for (const width of [JPEG_WIDTH, JPEG_WIDTH / 2]) {
    for (const quality of JPEG_QUALITIES) {
      const jpeg = resized(bytes, width).flatten({ background: "#ffffff" }).jpeg({ quality, mozjpeg: true });
      const variant = await encode(`${JPEG_WIDTH}.jpg`, "image/jpeg", jpeg);
      if (variant.bytes.length <= MAX_JPEG_BYTES) return variant;
    }
  }
  throw new Error("No JPEG of this image is small enough");
}

async function encode(name: string, contentType: string, image: Sharp): Promise<MadeVariant> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { name, contentType, width: info.width, height: info.height, bytes: data };
}
