import { randomBytes, randomUUID } from "node:crypto";
import { createConnection } from "node:net";
import { gzipSync } from "node:zlib";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CephServer, cephMissing, startCeph } from "#tests/peers/ceph-server";
import { describeStorage } from "#tests/storage/contract";
import { checkStorage, placeOfFiles } from "@/entry/admin-storage";
import { createOutboundFetch } from "@/platform/outbound-fetch";
import { gather } from "@/platform/sealed-stream";
import { createBucketAnchors } from "@/platform/storage/bucket-anchors";
import { type CustomerBucket, putInBucket } from "@/platform/storage/customer-bucket";
import { createS3Storage, type S3Settings } from "@/platform/storage/s3";
import type { PartRequest } from "@/platform/storage/storage";

const missing = cephMissing();

async function send({ url, method, headers }: PartRequest, bytes: Uint8Array) {
  const response = await fetch(url, { method, headers, body: new Uint8Array(bytes) });
  await response.arrayBuffer();
  return response.status;
}

describe.skipIf(missing)(`a real S3 server, Ceph's${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let server: CephServer;
  let client: S3Client;
  const settings = (over: Partial<S3Settings> = {}): S3Settings => ({
    endpoint: server.endpoint,
    publicEndpoint: undefined,
    bucket: "files",
    region: server.region,
    accessKeyId: server.accessKeyId,
    secretAccessKey: server.secretAccessKey,
    forcePathStyle: true,
    ...over,
  });

  beforeAll(async () => {
    server = await startCeph();
    const { endpoint, region, accessKeyId, secretAccessKey } = server;
    client = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: "files" }));
  }, 180_000);
  afterAll(() => server?.close());

  describeStorage("S3", async () => ({
    storage: createS3Storage(settings()),
    send,
    async look(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: "files", Key: key }));
        return gather(Body as unknown as AsyncIterable<Uint8Array>);
      } catch {
        return undefined;
      }
    },
    async countStaged() {
      const { Uploads = [] } = await client.send(
        new ListMultipartUploadsCommand({ Bucket: "files", Prefix: "staging/" }),
      );
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: "files", Prefix: "staging/" }));
      return Uploads.length + Contents.length;
    },
    close: async () => {},
  }));

  const begin = async (storage = createS3Storage(settings())) => {
    const key = `staging/${randomUUID()}/${randomUUID()}`;
    return { storage, staged: { key, ref: await storage.begin(key, "image/png"), contentType: "image/png" } };
  };
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it("refuses an address that has expired", async () => {
    const { storage, staged } = await begin();
    const [part] = await storage.partRequests(staged, [{ number: 1, sizeBytes: 4 }], 1);
    await pause(2_500);
    expect(await send(part!, Buffer.from("late"))).toBe(403);
    expect(await storage.partsOf(staged)).toEqual([]);
    const [again] = await storage.partRequests(staged, [{ number: 1, sizeBytes: 4 }], 60);
    expect(await send(again!, Buffer.from("here"))).toBe(200);
  });

  it("keeps no part whose connection was cut, and goes on from there", async () => {
    const { storage, staged } = await begin();
    const size = 5 * 1024 * 1024;
    const bytes = randomBytes(size + 3);
    const parts = await storage.partRequests(
      staged,
      [
        { number: 1, sizeBytes: size },
        { number: 2, sizeBytes: 3 },
      ],
      60,
    );
    await cutOff(parts[0]!, bytes.subarray(0, 1_000_000));
    expect(await send(parts[1]!, bytes.subarray(size))).toBe(200);
    expect(await storage.partsOf(staged)).toEqual([{ number: 2, sizeBytes: 3 }]);
    expect(await send(parts[0]!, bytes.subarray(0, size))).toBe(200);
    await storage.finish(staged);
    expect((await gather(await storage.readStaged(staged))).equals(bytes)).toBe(true);
  });

  it.each([
    ["a wrong secret", { secretAccessKey: "not-the-secret-of-the-tests" }, /does not accept these credentials/],
    ["an unknown key", { accessKeyId: "NOBODY0000000000000X" }, /does not accept these credentials/],
    ["no such bucket", { bucket: "nowhere" }, /There is no bucket nowhere/],
    ["nobody at the address", { endpoint: "http://127.0.0.1:9" }, /can't be reached/],
  ])("says at the start that there is %s", async (_, over, sentence) => {
    const error = await createS3Storage(settings(over))
      .check()
      .catch((raised: unknown) => raised);
    expect(error).toMatchObject({ name: "StartError", message: expect.stringMatching(sentence) });
  });

  describe("the operator's check", () => {
    const check = (over: Partial<S3Settings> = {}) => {
      const s3 = settings(over);
      return checkStorage(createS3Storage(s3), placeOfFiles({ s3, dataDir: "" })).catch(
        ({ message }: Error) => message,
      );
    };
    const objects = async (Bucket: string) =>
      (await client.send(new ListObjectsV2Command({ Bucket, Prefix: "checks/" }))).Contents ?? [];

    it("puts, reads and removes", async () => {
      expect(await check()).toBe(
        `The bucket files at ${server.endpoint} keeps files: a small one was put there, read and removed.`,
      );
      expect(await objects("files")).toEqual([]);
    });

    it("says that a secret is wrong, or a bucket missing", async () => {
      expect(await check({ secretAccessKey: "not-the-secret-of-the-tests" })).toContain(
        "does not accept these credentials for the bucket files: correct S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY",
      );
      expect(await check({ bucket: "nowhere" })).toBe(
        `There is no bucket nowhere at ${server.endpoint}: make it, or correct S3_BUCKET.`,
      );
    });

    it.each([
      ["s3:PutObject", "takes no object", 0],
      ["s3:GetObject", "gives none back", 0],
      ["s3:DeleteObject", "which was to be removed", 1],
    ])("says that %s is not allowed", async (right, sentence, left) => {
      const Bucket = right.toLowerCase().replace(":", "-");
      await client.send(new CreateBucketCommand({ Bucket }));
      const Statement = [{ Effect: "Deny", Principal: "*", Action: right, Resource: `arn:aws:s3:::${Bucket}/*` }];
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
      await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      const said = await check({ bucket: Bucket });
      expect(said).toContain(sentence);
      expect(said).toContain(`Allow ${right} on ${Bucket}/* to the key ${server.accessKeyId}.`);
      expect(await objects(Bucket)).toHaveLength(left);
    });
  });

  it("lets nobody in who signs with a wrong secret", async () => {
    const { staged } = await begin();
    const forger = createS3Storage(settings({ secretAccessKey: "not-the-secret-of-the-tests" }));
    const [part] = await forger.partRequests(staged, [{ number: 1, sizeBytes: 4 }], 60);
    expect(await send(part!, Buffer.from("evil"))).toBe(403);
    await expect(forger.put(`objects/${randomUUID()}`, 1, inOne("x"))).rejects.toThrow();
  });

  describe("a customer's bucket", () => {
    const reach = { fetch: createOutboundFetch({ allow: ["127.0.0.1"] }), signal: new AbortController().signal };
    const bucket = (over: Partial<CustomerBucket> = {}): CustomerBucket => ({ ...settings(), ...over });
    const object = { key: "logs/2026/11/28/1-2.jsonl.gz", bytes: gzipSync("{}\n"), contentType: "application/gzip" };

    it("takes an object, and the same again", async () => {
      for (const _ of [1, 2])
        expect(await putInBucket(bucket(), object, reach)).toMatchObject({ outcome: "Delivered" });
      const { Body } = await client.send(new GetObjectCommand({ Bucket: "files", Key: object.key }));
      expect((await gather(Body as unknown as AsyncIterable<Uint8Array>)).equals(object.bytes)).toBe(true);
      const listed = await client.send(new ListObjectsV2Command({ Bucket: "files", Prefix: "logs/" }));
      expect(listed.Contents).toHaveLength(1);
    });

    it.each([
      ["a wrong secret", { secretAccessKey: "not-the-secret-of-the-tests" }, 403],
      ["no such bucket", { bucket: "nowhere" }, 404],
    ])("says that there is %s", async (_, over, statusCode) => {
      expect(await putInBucket(bucket(over), object, reach)).toMatchObject({ outcome: "Refused", statusCode });
    });

    it("in a private network is not reached", async () => {
      const strict = { ...reach, fetch: createOutboundFetch({ allow: [] }) };
      expect(await putInBucket(bucket(), object, strict)).toMatchObject({
        outcome: "Unreachable",
        error: expect.stringContaining("not on the public internet"),
      });
    });
  });

  it("signs for the address that browsers use, where it is another", async () => {
    const { staged } = await begin();
    const storage = createS3Storage(settings({ publicEndpoint: "https://files.example.com" }));
    const [part] = await storage.partRequests(staged, [{ number: 1, sizeBytes: 4 }], 60);
    expect(part!.url).toMatch(/^https:\/\/files\.example\.com\/files\/staging\//);
  });

  describe("heads of audit logs in a bucket", () => {
    const headsOf = (workspaceId: string) => (sequence: number) => ({
      workspaceId,
      sequence,
      hash: String(sequence).padStart(64, "0"),
      at: "2026-11-28T09:00:00.000Z",
      proof: "signed",
    });

    it.each([true, false])("are kept in their order, with object lock: %s", async (ObjectLockEnabledForBucket) => {
      const Bucket = `heads-${ObjectLockEnabledForBucket}`;
      await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket }));
      const anchors = createBucketAnchors(settings({ bucket: Bucket }));
      const [workspaceId, other] = [randomUUID(), randomUUID()];
      const head = headsOf(workspaceId);
      expect(await anchors.newest(workspaceId)).toBeUndefined();
      for (const sequence of [9, 1_200, 50]) await anchors.add(head(sequence));
      await anchors.add(headsOf(other)(5_000));
      expect(await anchors.newest(workspaceId)).toEqual(head(1_200));
      expect(await anchors.list(workspaceId)).toEqual([9, 50, 1_200].map(head));
    });

    it("are not hidden, written over or taken away by who may write there", async () => {
      const Bucket = "heads-under-lock";
      await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
      await client.send(
        new PutObjectLockConfigurationCommand({
          Bucket,
          ObjectLockConfiguration: {
            ObjectLockEnabled: "Enabled",
            Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 1 } },
          },
        }),
      );
      const anchors = createBucketAnchors(settings({ bucket: Bucket }));
      const workspaceId = randomUUID();
      const head = headsOf(workspaceId);
      for (const sequence of [1, 2, 3]) await anchors.add(head(sequence));
      const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
      expect(Versions).toHaveLength(3);
      for (const { Key, VersionId } of Versions) {
        const gone = client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
        await expect(gone).rejects.toMatchObject({ name: "AccessDenied" });
      }
      const [newest, , oldest] = Versions;
      await client.send(new DeleteObjectCommand({ Bucket, Key: newest!.Key }));
      for (let time = 0; time < 30; time++)
        await client.send(new PutObjectCommand({ Bucket, Key: oldest!.Key!, Body: JSON.stringify(head(7)) }));
      expect(await anchors.newest(workspaceId)).toEqual(head(3));
      expect(await anchors.list(workspaceId)).toEqual([1, 2, 3].map(head));
    });
  });
});

async function* inOne(text: string) {
  yield Buffer.from(text);
}

/** Sends the head of a request and the beginning of its body, and hangs up. */
async function cutOff({ url, headers, sizeBytes }: PartRequest, beginning: Uint8Array) {
  const { hostname, port, host, pathname, search } = new URL(url);
  const socket = createConnection({ host: hostname, port: Number(port) });
  const head = [`PUT ${pathname}${search} HTTP/1.1`, `host: ${host}`, `content-length: ${sizeBytes}`];
  for (const [name, value] of Object.entries(headers)) head.push(`${name}: ${value}`);
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    socket.write(beginning, () => {
      socket.destroy();
      resolve();
    });
  });
}
