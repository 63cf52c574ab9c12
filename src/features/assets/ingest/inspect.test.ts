import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { gather } from "@/platform/sealed-stream";
import { namedFor } from "../file-types";
import { makeVariants } from "./images";
import { type Announced, inspect, RefusedFile } from "./inspect";

const picture = (format: "png" | "jpeg" | "gif" | "webp" | "avif") =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: "#c00" } })
    .toFormat(format)
    .toBuffer();

const zipped = (files: Record<string, string>) => {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name, { compress: false });
  zip.end();
  return gather(zip.outputStream as unknown as AsyncIterable<Uint8Array>);
};
const office = (part: string) =>
  zipped({
    "[Content_Types].xml": `<Types><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${part}.main+xml"/></Types>`,
  });

const HTML = "<!doctype html><script>alert(document.cookie)</script>";
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><circle r="4"/></svg>';
const PDF = "%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n";
const MP4 = Buffer.concat([Buffer.from("\0\0\0\x18ftypisom\0\0\x02\0isomiso2", "latin1"), randomBytes(64)]);
const WEBM = Buffer.from("1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806700", "hex");
const MP3 = Buffer.concat([
  Buffer.from("ID3\x04\0\0\0\0\0\0", "latin1"),
  Buffer.from("fffb9064", "hex"),
  Buffer.alloc(414),
]);

async function* inPieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 7_001) yield bytes.subarray(at, at + 7_001);
}

const look = (bytes: Uint8Array | string, contentType: string, over: Partial<Announced> = {}) => {
  const buffer = Buffer.from(bytes as Uint8Array);
  return inspect(inPieces(buffer), { contentType, sizeBytes: buffer.length, purpose: "Asset", ...over });
};

let made: Record<string, Buffer>;
beforeAll(async () => {
  made = {
    png: await picture("png"),
    jpeg: await picture("jpeg"),
    gif: await picture("gif"),
    webp: await picture("webp"),
    avif: await picture("avif"),
    docx: await office("wordprocessingml.document"),
    xlsx: await office("spreadsheetml.sheet"),
    pptx: await office("presentationml.presentation"),
    odt: await zipped({ mimetype: "application/vnd.oasis.opendocument.text" }),
    zip: await zipped({ "posts/one.md": "# One" }),
    jar: await zipped({ "META-INF/MANIFEST.MF": "Manifest-Version: 1.0" }),
  };
});

const OPEN_XML = "application/vnd.openxmlformats-officedocument";

describe("what is taken, and as what", () => {
  it.each([
    ["png", "image/png", "image/png"],
    ["jpeg", "image/jpeg", "image/jpeg"],
    ["jpeg", "image/jpg", "image/jpeg"],
    ["gif", "image/gif", "image/gif"],
    ["webp", "image/webp", "image/webp"],
    ["avif", "image/avif", "image/avif"],
    ["jpeg", "image/png", "image/jpeg"],
    ["docx", `${OPEN_XML}.wordprocessingml.document`, `${OPEN_XML}.wordprocessingml.document`],
    ["xlsx", `${OPEN_XML}.spreadsheetml.sheet`, `${OPEN_XML}.spreadsheetml.sheet`],
    ["pptx", `${OPEN_XML}.presentationml.presentation`, `${OPEN_XML}.presentationml.presentation`],
    ["odt", "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"],
  ])("%s that is said to be %s", async (name, claimed, told) => {
    expect(await look(made[name]!, claimed)).toMatchObject({
      contentType: told,
      sizeBytes: made[name]!.length,
      sha256: createHash("sha256").update(made[name]!).digest("hex"),
    });
  });

  it.each<[string, Buffer | string, string, string]>([
    ["a PDF", PDF, "application/pdf", "Document"],
    ["an MP4", MP4, "video/mp4", "Video"],
    ["a WebM", WEBM, "video/webm", "Video"],
    ["an MP3", MP3, "audio/mpeg", "Audio"],
    ["a text", "Grüße — 你好\n", "text/plain", "Text"],
    ["a text with a mark of its order", "\ufeffGrüße", "text/plain; charset=utf-8", "Text"],
    ["Markdown", "# Spring\n\n<3 to all who a<b", "text/markdown", "Text"],
    ["CSV", "a,b\n1,2\n", "text/csv", "Text"],
  ])("%s", async (_, bytes, contentType, kind) => {
    expect(await look(bytes, contentType)).toMatchObject({ kind });
  });

  it.each<[string, string, string]>([
    ["zip", "application/zip", "Archive"],
    ["zip", "application/x-zip-compressed", "Archive"],
  ])("%s for an import, as %s", async (name, contentType, kind) => {
    expect(await look(made[name]!, contentType, { purpose: "Import" })).toMatchObject({ kind });
    await expect(look(made[name]!, contentType)).rejects.toThrow(RefusedFile);
  });

  it.each([
    ['<?xml version="1.0"?><rss><channel/></rss>', "application/xml"],
    ["<rss><channel/></rss>", "text/xml"],
    ['{"posts": []}', "application/json"],
  ])("%s for an import", async (text, contentType) => {
    expect(await look(text, contentType, { purpose: "Import" })).toMatchObject({ kind: "Text" });
    await expect(look(text, contentType)).rejects.toThrow(RefusedFile);
  });
});

describe("what is refused, with a sentence", () => {
  it.each<[string, () => Buffer | string, string, RegExp]>([
    ["HTML named as a picture", () => HTML, "image/png", /not a image\/png file/],
    ["HTML as itself", () => HTML, "text/html", /not taken/],
    ["HTML named as a text", () => HTML, "text/plain", /web page or a program/],
    ["HTML behind a comment and a mark", () => `\ufeff \n<!-- a -->${HTML}`, "text/plain", /web page or a program/],
    ["a script named as Markdown", () => "<script>alert(1)</script>", "text/markdown", /web page or a program/],
    ["SVG as itself", () => SVG, "image/svg+xml", /not taken/],
    ["SVG named as a picture", () => SVG, "image/png", /not a image\/png file/],
    ["SVG named as a text", () => SVG, "text/plain", /web page or a program/],
    ["SVG with a declaration", () => `<?xml version="1.0"?>${SVG}`, "image/png", /application\/xml by its content/],
    ["a text named as a picture", () => "Not at all", "image/jpeg", /not a image\/jpeg file/],
    ["a picture named as a text", () => made.png!, "text/plain", /not in UTF-8|control characters/],
    ["a picture named as a document", () => made.png!, "application/pdf", /it is image\/png/],
    ["a PDF named as a picture", () => PDF, "image/png", /it is application\/pdf/],
    ["a page before a PDF", () => `${HTML}${PDF}`, "application/pdf", /not a application\/pdf file/],
    ["an archive", () => made.zip!, "application/zip", /not taken/],
    ["an archive named as a document", () => made.zip!, `${OPEN_XML}.wordprocessingml.document`, /application\/zip/],
    ["a program in an archive", () => made.jar!, `${OPEN_XML}.wordprocessingml.document`, /which is not taken/],
    ["a program", () => Buffer.from("MZ\x90\0\x03\0\0\0\x04", "latin1"), "application/octet-stream", /not taken/],
    ["a program named as a picture", () => Buffer.from("\x7fELF\x02\x01\x01", "latin1"), "image/png", /by its content/],
    ["a text in another encoding", () => Buffer.from("Grüße", "latin1"), "text/plain", /not in UTF-8/],
    ["a text that breaks off within a letter", () => Buffer.from("ü").subarray(0, 1), "text/plain", /not in UTF-8/],
    ["a text with a NUL", () => "a\0b", "text/plain", /control characters/],
    ["nothing", () => "", "text/plain", /not in UTF-8|is not 1 bytes long|not.*announced/],
  ])("%s", async (_, bytes, contentType, sentence) => {
    const given = bytes();
    const refusal = await look(given, contentType, given.length === 0 ? { sizeBytes: 1 } : {}).catch(
      (raised: unknown) => raised,
    );
    expect(refusal).toBeInstanceOf(RefusedFile);
    expect((refusal as Error).message).toMatch(sentence);
  });

  it("one byte more or less than announced", async () => {
    const { png } = made;
    for (const sizeBytes of [png!.length - 1, png!.length + 1])
      await expect(look(png!, "image/png", { sizeBytes })).rejects.toThrow(/bytes long, as was announced/);
  });

  it("another hash than announced", async () => {
    const { png } = made;
    const sha256 = createHash("sha256").update(png!).digest("hex");
    await expect(look(png!, "image/png", { sha256 })).resolves.toMatchObject({ sha256 });
    await expect(look(png!, "image/png", { sha256: sha256.replace(/^./, "x") })).rejects.toThrow(/SHA-256/);
  });

  it("more than its kind may have, without reading on", async () => {
    let given = 0;
    const endless = async function* () {
      for (;;) {
        given += 1024 * 1024;
        yield Buffer.alloc(1024 * 1024, "x");
      }
    };
    const announced = { contentType: "text/plain", sizeBytes: 1024 ** 4, purpose: "Asset" as const };
    await expect(inspect(endless(), announced)).rejects.toThrow(RefusedFile);
    expect(given).toBeLessThan(30 * 1024 * 1024);
  });
});

describe("an image that is two things at once", () => {
  const polyglots: [string, (image: Buffer) => Buffer][] = [
    ["a page", (image) => Buffer.concat([image, Buffer.from(HTML)])],
    ["an archive", (image) => Buffer.concat([image, made.zip!])],
    ["a program", (image) => Buffer.concat([image, Buffer.from("\n/*\n*/=1;alert(1)")])],
  ];
  it.each(polyglots)("with %s behind it is an image, and what visitors are shown is only that", async (_, both) => {
    const bytes = both(made.png!);
    const { contentType, whole } = await look(bytes, "image/png");
    expect(contentType).toBe("image/png");
    const { variants } = await makeVariants(whole!);
    for (const variant of variants) {
      expect(variant.bytes.includes("alert")).toBe(false);
      expect(variant.bytes.includes("PK\x03\x04")).toBe(false);
    }
  });
});

describe("an image", { timeout: 60_000 }, () => {
  it("that is damaged, cut off or a bomb is refused", async () => {
    const whole = await sharp({ create: { width: 600, height: 600, channels: 3, background: "#0a0" } })
      .jpeg()
      .toBuffer();
    await expect(makeVariants(whole.subarray(0, whole.length / 2))).rejects.toThrow(RefusedFile);
    await expect(makeVariants(Buffer.concat([whole.subarray(0, 200), randomBytes(4_000)]))).rejects.toThrow(
      RefusedFile,
    );
    const bomb = await picture("png");
    // A few bytes that say that they are 9,000 by 9,000 pixels.
    bomb.writeUInt32BE(9_000, 16);
    bomb.writeUInt32BE(9_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    await expect(makeVariants(bomb)).rejects.toThrow(/more than 64 million pixels/);
  });

  it("is turned upright, and says no more where it was taken", async () => {
    const taken = await sharp({ create: { width: 40, height: 20, channels: 3, background: "#00c" } })
      .withExif({ IFD0: { Copyright: "Kim" }, IFD3: { GPSLatitude: "52/1 30/1 0/1", GPSLatitudeRef: "N" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(taken).metadata()).exif).toBeDefined();
    const { width, height, variants } = await makeVariants(taken);
    expect([width, height]).toEqual([20, 40]);
    for (const variant of variants) {
      const { exif, orientation, xmp, iptc } = await sharp(variant.bytes).metadata();
      expect([exif, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined]);
    }
    expect(variants.map(({ name, width: w, height: h }) => [name, w, h])).toContainEqual(["320.webp", 20, 40]);
  });

  it("that is large and noisy has a JPEG that every network takes", async () => {
    const noise = await sharp(randomBytes(1_400 * 1_400 * 3), { raw: { width: 1_400, height: 1_400, channels: 3 } })
      .jpeg({ quality: 95 })
      .toBuffer();
    const { variants } = await makeVariants(noise);
    const jpeg = variants.find(({ name }) => name === "1280.jpg")!;
    expect(jpeg.bytes.length).toBeLessThanOrEqual(1_000_000);
    expect(variants.map(({ name }) => name)).toEqual([
      "320.webp",
      "640.webp",
      "1280.webp",
      "2048.webp",
      "1280.jpg",
      "thumbnail.webp",
    ]);
    // Made again, it is the same: a repeated publication names the same blob.
    expect((await makeVariants(noise)).variants.find(({ name }) => name === "1280.jpg")!.bytes.equals(jpeg.bytes)).toBe(
      true,
    );
  });

  it("that moves has a moving one", async () => {
    const frames = await Promise.all(
      ["#f00", "#0f0"].map((background) =>
        sharp({ create: { width: 30, height: 30, channels: 4, background } })
          .png()
          .toBuffer(),
      ),
    );
    const moving = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    const { animated, variants } = await makeVariants(moving);
    expect(animated).toBe(true);
    const made = variants.find(({ name }) => name === "animated.webp")!;
    expect((await sharp(made.bytes).metadata()).pages).toBe(2);
  });
});

describe("a name", () => {
  it.each([
    ["image/png", "spring.png", "spring.png"],
    ["image/jpeg", "spring.JPEG", "spring.JPEG"],
    ["image/jpeg", "spring.png", "spring.png.jpg"],
    ["application/pdf", "invoice.pdf.exe", "invoice.pdf.exe.pdf"],
    ["text/plain", "README", "README.txt"],
    ["image/png", ".png", ".png"],
    ["image/png", `${"x".repeat(200)}`, `${"x".repeat(196)}.png`],
  ])("of a file that is %s, %s, becomes %s", (contentType, given, named) => {
    expect(namedFor(contentType, given)).toBe(named);
  });
});
