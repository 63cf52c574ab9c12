import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Anchor, Anchors } from "@/platform/anchors";
import { clientFor, type S3Settings } from "./s3";

/** So that the newest is listed first: keys are in the order of their letters. */
const FROM = 10 ** 15;
/** How many of the newest are compared. */
const COMPARED = 20;
/** Who may write to the bucket could bury a head under versions; more than so many pages of them is told as an error. */
const MOST_PAGES = 100;

const folderOf = (workspaceId: string) => `audit-anchors/${workspaceId}/`;
const keyOf = ({ workspaceId, sequence, hash }: Anchor) =>
  `${folderOf(workspaceId)}${FROM - sequence}-${hash.slice(0, 16)}.json`;

type Written = { Key: string; VersionId: string | undefined };

/**
 * Heads as objects of a bucket of their own, each written once. With object lock on the bucket nobody takes one away
 * before its time. A lock keeps versions and not names: who may write there still hides an object behind a marker of its
 * deletion, or behind a newer version. So what was written first is read, whatever came after it.
 */
export function createBucketAnchors(settings: S3Settings): Anchors {
  const client = clientFor(settings, settings.endpoint);
  const { bucket } = settings;
  /** Keys come in their order, and a key's versions the newest first. */
  const newestKeys = async (workspaceId: string, many: number): Promise<Written[]> => {
    const first = new Map<string, Written>();
    let after: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    for (let page = 0; page < MOST_PAGES; page++) {
      const listed = await client.send(
        new ListObjectVersionsCommand({
          Bucket: bucket,
          Prefix: folderOf(workspaceId),
          MaxKeys: page === 0 ? many + 1 : 1_000,
          ...after,
        }),
      );
      for (const { Key, VersionId } of listed.Versions ?? []) if (Key) first.set(Key, { Key, VersionId });
      // Of one key more, so that all versions of those before it were seen.
      if (!listed.IsTruncated || first.size > many) return [...first.values()].slice(0, many);
      after = { KeyMarker: listed.NextKeyMarker, VersionIdMarker: listed.NextVersionIdMarker };
    }
    throw new Error(
      `${folderOf(workspaceId)} of the bucket ${bucket} has too many versions to find its heads among them`,
    );
  };
  const read = async (written: Written): Promise<Anchor> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, ...written }));
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
      const [written] = await newestKeys(workspaceId, 1);
      return written && read(written);
    },
    list: async (workspaceId) =>
      (await Promise.all((await newestKeys(workspaceId, COMPARED)).map(read))).sort((a, b) => a.sequence - b.sequence),
  };
}
