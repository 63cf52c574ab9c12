/** An upload on its way: `ref` is what the storage called it when it began. */
export type Staged = { key: string; ref: string };

export type PartPlan = { number: number; sizeBytes: number };

/** How whoever uploads sends one part: this method, these headers and exactly so many bytes, until it expires. */
export type PartRequest = PartPlan & { method: "PUT"; url: string; headers: Record<string, string> };

/**
 * Where bytes are kept. Uploads are staged in parts that whoever uploads sends by themselves; objects are written once,
 * by us, and never overwritten. Every implementation passes `tests/storage/contract.ts`.
 * Keys are words of lower-case letters, digits and hyphens between slashes.
 */
export type Storage = {
  /** @throws StartError that says what is wrong with the configuration */
  check(): Promise<void>;

  begin(key: string, contentType: string): Promise<string>;
  /** Computed here, without asking the storage. */
  partRequests(
    staged: Staged & { contentType: string },
    parts: PartPlan[],
    lifeSeconds: number,
  ): Promise<PartRequest[]>;
  /** The parts that have arrived as a whole. @throws StorageError `missing` where the upload is over */
  partsOf(staged: Staged): Promise<PartPlan[]>;
  /** Joins the parts; no further ones are taken. Harmless where it was done before. @throws StorageError `missing` */
  finish(staged: Staged): Promise<void>;
  /** The bytes of a finished upload. @throws StorageError `missing` */
  readStaged(staged: Staged): Promise<AsyncIterable<Uint8Array>>;
  /** Nothing of it stays, finished or not. Harmless where there is none. */
  drop(staged: Staged): Promise<void>;
  /** Drops what was begun before this time, and says how many. */
  dropStale(before: Date): Promise<number>;

  /** `Exists` where the key is taken: what stands there is whole, and stays as it is. */
  put(key: string, sizeBytes: number, bytes: AsyncIterable<Uint8Array>): Promise<"Written" | "Exists">;
  /** From `start` up to, and without, `end`. @throws StorageError `missing` */
  read(key: string, start: number, end: number): Promise<AsyncIterable<Uint8Array>>;
  /** For what nobody refers to any more. Harmless where there is none. */
  remove(key: string): Promise<void>;
  /** All below this place, objects and uploads, finished or not. Says how many there were; done again, it finds none. */
  removeBelow(place: string): Promise<number>;
};

/** `missing`: it isn't there, and won't be. `refused`: it is not what was announced. Anything else may pass. */
export class StorageError extends Error {
  override name = "StorageError";
  constructor(
    readonly kind: "missing" | "refused",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const KEY = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;

/** Nothing that comes from outside is part of a key; this holds it. */
export function requireKey(key: string): string {
  if (!KEY.test(key)) throw new Error(`Not a key of the storage: ${key}`);
  return key;
}

export const STAGING = "staging";
