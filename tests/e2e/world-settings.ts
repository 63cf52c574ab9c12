import {
  addDomain,
  type Client,
  createCampaign,
  createFolder,
  createPersona,
  createTag,
  createTemplate,
  getContent,
  getImport,
  inviteMember,
  saveVersion,
  startExport,
  startImport,
} from "@contentos/sdk";
import sharp from "sharp";
import { ZipFile } from "yazl";
import { type Uploading, uploadFile } from "../../src/features/assets/ui/upload";

export type Furnished = { importId: string; fileId: string };

/** As a browser sends a part, but that Node has no XMLHttpRequest. */
const send: NonNullable<Uploading["send"]> = async ({ url, headers }, bytes) => {
  const { ok, status } = await fetch(url, { method: "PUT", headers, body: bytes });
  if (!ok) throw new Error(`The part was refused: ${status}`);
};

/** Two colours that run into one another: a picture that is told from others. */
export async function makePicture(from: string, to: string, width = 1200, height = 800): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/><circle cx="70%" cy="35%" r="18%" fill="#fff" opacity=".5"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

export async function makeZip(files: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const fileOf = (bytes: Buffer, name: string, type: string) => new File([new Uint8Array(bytes)], name, { type });

/** What the settings and the library show: planning words, personas, an invitation, files, an import and an export. */
export async function furnish(client: Client, workspaceId: string, draft: string): Promise<Furnished> {
  await planWords(client);
  await client.call(inviteMember, { id: workspaceId, body: { email: "dora@example.com", role: "Writer" } });
  await client.call(addDomain, { body: { host: "www.larkspur.example" } });
  const fileId = await fillLibrary(client, draft);
  const zip = await makeZip({
    "spring.md": "---\ntitle: Spring on the pier\ntags: [harbour]\n---\n\nThe boats are back.\n",
    "menu.md": "---\ntitle: The new menu\n---\n\n![A plate](plate.png)\n\n[A broken link](gone.md)\n",
    "plate.png": await makePicture("#eab308", "#b45309", 400, 300),
  });
  const options = { send, purpose: "Import" as const };
  const asset = await uploadFile(client, fileOf(zip, "old-blog.zip", "application/zip"), options);
  const started = await client.call(startImport, { body: { assetId: asset.id, options: { dryRun: true } } });
  while (["Queued", "Running"].includes((await client.call(getImport, { id: started.id })).status))
    await new Promise((resolve) => setTimeout(resolve, 100));
  await client.call(startExport, { body: { filter: {} } });
  return { importId: started.id, fileId };
}

async function planWords(client: Client) {
  const tags = [
    ["Customer story", "#0b7a5c"],
    ["How-to", "#1c64d1"],
    ["Season", "#c2410c"],
  ] as const;
  for (const [name, color] of tags) await client.call(createTag, { body: { name, color } });
  await client.call(createCampaign, {
    body: {
      name: "Spring menu",
      goal: "Forty reservations a week by the end of April.",
      startsOn: "2026-03-01",
      endsOn: "2026-04-30",
    },
  });
  await client.call(createTemplate, {
    body: { name: "Customer story", title: "How they did it ({month})", body: "## Before\n\n## What changed\n" },
  });
  await client.call(createPersona, {
    body: {
      name: "Café owner, second shop",
      attributes: {
        description: "Opened a second shop last year and has no time to write.",
        goals: ["Fill the quiet hours", "Find two good baristas"],
        pains: ["Posts at midnight, if at all"],
        tone: "Plain and warm. No superlatives.",
        channels: ["Bluesky", "the newsletter"],
      },
    },
  });
}

/** The file that a draft shows. */
async function fillLibrary(client: Client, draft: string): Promise<string> {
  const folder = await client.call(createFolder, { body: { name: "Summer" } });
  await client.call(createFolder, { body: { name: "Logos" } });
  const pictures: [string, string, string, string][] = [
    ["pier-at-dawn.png", "The pier at dawn, in pink light", "#f472b6", "#4338ca"],
    ["market-stall.png", "", "#fde047", "#15803d"],
    ["a-very-long-name-of-a-file-that-somebody-took-from-their-camera-0001.png", "Waves", "#67e8f9", "#0c4a6e"],
  ];
  const ids: string[] = [];
  for (const [name, altText, from, to] of pictures) {
    const file = fileOf(await makePicture(from, to), name, "image/png");
    ids.push((await uploadFile(client, file, { send, altText })).id);
  }
  const notes = new File(["Opening hours: eight to six.\n"], "opening-hours.txt", { type: "text/plain" });
  await uploadFile(client, notes, { send });
  const inFolder = fileOf(await makePicture("#fdba74", "#9a3412"), "sunset.png", "image/png");
  await uploadFile(client, inFolder, { send, folderId: folder.id, altText: "Sunset behind the crane" });
  const { currentVersion } = await client.call(getContent, { id: draft });
  await client.call(saveVersion, {
    id: draft,
    body: {
      body: `${currentVersion.body}\n\n![The pier](asset:${ids[0]})\n`,
      baseVersion: currentVersion.versionNumber,
    },
  });
  return ids[0]!;
}
