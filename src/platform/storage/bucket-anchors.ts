import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Anchor, Anchors } from "@/platform/anchors";
import { clientFor, type S3Settings } from "./s3";

/** So that the newest is listed first: keys are in the order of their letters. */
const FROM = 10 ** 15;
/** How many of the newest are compared. */
const COMPARED = 20;

const folderOf = (workspaceId: string) => `audit-anchors/${workspaceId}/`;
const keyOf = ({ workspaceId, sequence, hash }: Anchor) =>
  `${folderOf(workspaceId)}${FROM - sequence}-${hash.slice(0, 16)}.json`;

/**
 * Heads as objects of a bucket of their own, each written once and never over. With object lock on the bucket, nobody
 * takes one away before its time.
 */
export function createBucketAnchors(settings: S3Settings): Anchors {
  const client = clientFor(settings, settings.endpoint);
  const { bucket } = settings;
  const newestKeys = async (workspaceId: string, many: number) => {
    const listed = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: folderOf(workspaceId), MaxKeys: many }),
    );
    return (listed.Contents ?? []).flatMap(({ Key }) => (Key ? [Key] : []));
  };
  const read = async (key: string): Promise<Anchor> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? "");
  };
  return {
    async add(anchor) {
      const Body = JSON.stringify(anchor);
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: keyOf(anchor), Body, ContentType: "application/json" }),
      );
    },
    // They all stay.
    keep: async () => {},
    async newest(workspaceId) {
      const [key] = await newestKeys(workspaceId, 1);
      return key === undefined ? undefined : read(key);
    },
    list: async (workspaceId) =>
      (await Promise.all((await newestKeys(workspaceId, COMPARED)).map(read))).sort((a, b) => a.sequence - b.sequence),
  };
}
