import { describe, expect, it } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { aPicture, sha256, uploadAsset } from "#tests/factories/assets";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

describe("a file that is uploaded", () => {
  it("becomes an asset, described by its content", async () => {
    const { id } = await seedWorkspace(t);
    const writer = await seedMember(t, id, "Writer");
    const bytes = await aPicture(1_000, 500);
    const assetId = await uploadAsset(t, call, writer, { bytes, altText: "Tulips" });
    const asset = await call(writer, "GET", `/assets/${assetId}`);
    expect(asset).toMatchObject({
      status: 200,
      body: {
        id: assetId,
        kind: "Image",
        contentType: "image/png",
        fileName: "spring.png",
        altText: "Tulips",
        sizeBytes: bytes.length,
        sha256: sha256(bytes),
        width: 1_000,
        height: 500,
        createdBy: writer.userId,
      },
    });
    const variants = asset.body.variants as { name: string; width: number; height: number }[];
    expect(variants.map(({ name, width, height }) => [name, width, height])).toEqual([
      ["320.webp", 320, 160],
      ["640.webp", 640, 320],
      ["1280.webp", 1_000, 500],
      ["1280.jpg", 1_000, 500],
      ["thumbnail.webp", 320, 320],
    ]);
    const listed = await call(writer, "GET", "/assets");
    expect(listed.body.items).toEqual([expect.objectContaining({ id: assetId })]);
  });
});
