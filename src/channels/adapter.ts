import type { z } from "zod";
import type { Authorization } from "@/channels/authorization";
import type { JobClaim } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import type { OutboundFetch } from "@/platform/outbound-fetch";

/** An image of the library, as it was approved. */
export type PublicationImage = { assetId: string; altText: string; sha256: string };

/** What goes out, exactly as it was approved. */
export type Publication = {
  /** The content item; the same for every publication of it. */
  contentItemId: string;
  versionNumber: number;
  title: string;
  /** CommonMark + GFM, in which other items are named by where they are public; a channel that `hasItems` gets `content:<id>`. */
  body: string;
  excerpt: string;
  /** BCP 47, such as `en` or `de-AT`. */
  language: string;
  /** The public page of the item, where it has one. */
  canonicalUrl: string | undefined;
  /** The address that the author chose for a page of ours, if any. */
  slug?: string | undefined;
  /** An adaptation's parts, in order; an article channel has none and takes title and body. */
  parts: string[];
  /** The images of each of those parts. */
  partImages: PublicationImage[][];
  /** All that the body shows, after the one that stands for the whole. */
  images: PublicationImage[];
  /** All files of the library that it names as `asset:<id>`, images among them. */
  assets: { id: string; altText: string }[];
};

/** One remote object: a post of a thread, a page, a delivery. Its key was made once and is on its row. */
export type Part = {
  /** From 0. */
  position: number;
  /** Ours, made by `newKey`, never changed: what makes a second publish of it harmless or findable. */
  key: string;
  /**
   * When the key was made; goes out as the time of creation, so that a repeated call sends the same bytes.
   * Made when publishing begins, not when it is planned: networks sort by it.
   */
  createdAt: Date;
  /** One of `textsOf(publication, limits)`. */
  text: string;
  /** Those of `imagesOf(publication, limits)` at its position. */
  images: PublicationImage[];
};

/** `remoteId` alone names the object on its network for good; an address may be missing or change. */
export type RemotePart = { remoteId: string; remoteUrl: string | undefined };

/** A connected account with its secrets opened, for one call. */
export type Account<Credentials> = {
  channelId: string;
  workspaceId: string;
  credentials: Credentials;
  /** Keeps rotated credentials, and when access ends now; awaited before anything else is sent. */
  saveCredentials(next: Credentials, access?: { endsAt: Date | undefined }): Promise<void>;
};

/** How a channel gets at the library's files. */
export type AssetPort = {
  /** A JPEG that every network takes: at most 1,000,000 bytes, and always the same ones for an asset. */
  jpegOf(assetId: string): Promise<{ bytes: Uint8Array; width: number; height: number }>;
  /** Where anybody can read it for a week; undefined for what is gone. */
  addressOf(assetId: string): Promise<{ url: string; contentType: string } | undefined>;
};

export type CallContext = {
  fetch: OutboundFetch;
  clock: Clock;
  signal: AbortSignal;
  /** The job on whose behalf this is called; what a channel keeps in our own database is written in its scope. */
  job?: JobClaim | undefined;
  /** Where something is published, and only there. */
  assets?: AssetPort | undefined;
  /**
   * The other parts of the account, for a network that knows posts by their words alone: where each is that went out since an
   * hour before this one was made, and null for one with the same text that may be under way. Another part of the same
   * thread is told only once it is out.
   */
  otherParts?: ((part: Part) => Promise<{ remoteId: string | null }[]>) | undefined;
};

/** What a network said no to, or did not answer. Anything else that an adapter throws is a defect. */
export class ChannelError extends Error {
  override name = "ChannelError";
  constructor(
    /**
     * `refused`: a clear no, not retried (rejected content, unknown account).
     * `revoked`: the credentials no longer work; a person reconnects.
     * `passing`: it did not happen and may later (429, 503, no connection); retried.
     * `lost`: it may have happened; asked by `find` before anything is sent again.
     */
    readonly kind: "refused" | "revoked" | "passing" | "lost",
    message: string,
    options: ErrorOptions & { retryAfterMs?: number } = {},
  ) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
  readonly retryAfterMs: number | undefined;
}

/** Something that the network would refuse or cut, told before it is sent. */
export type Finding = {
  severity: "Error" | "Warning";
  code: string;
  message: string;
  /** The part it is about, from 0. */
  position?: number;
};

/** Who was connected. */
export type Connected<Credentials> = {
  name: string;
  remoteAccount: string;
  credentials: Credentials;
  /** What was made here and the person needs elsewhere, such as a signing secret; shown once, by its label. */
  reveal?: Record<string, string>;
  /** After this only a person can help. Not the end of a token that is renewed by itself. */
  accessEndsAt?: Date | undefined;
};

/** `html` is safe to put on a page. */
export type Preview = {
  parts: {
    html: string;
    length: number;
    limit: number | undefined;
    images: PublicationImage[];
    field?: FieldName;
  }[];
};

/** What one text of a network may be. */
export type TextLimits = {
  /** Of one part's text, as `count` counts; undefined where there is none. */
  maxGraphemes: number | undefined;
  maxBytes: number | undefined;
  /** Where the network doesn't count graphemes. */
  count?: (text: string) => number;
  maxTags?: number;
  maxMentions?: number;
};

export type FieldName = "subject" | "preheader" | "title" | "excerpt" | "body";

export type Field = TextLimits & {
  name: FieldName;
  /** Of all the parts of a body together, as `count` counts. */
  maxTotal?: number;
  /** Ends with the link to the item's own page. */
  linked?: true;
};

export type Limits = TextLimits & {
  /** Whether an item goes out as an article (title and body) or as parts of text. */
  form: "article" | "thread";
  maxParts: number;
  /** With one part; 0 where images stand in the text, or can't be sent. */
  maxImages: number;
  /** Where the parts are not alike: one for each of these, in order, and more for the body, which is the last. */
  fields?: readonly Field[];
};

export type Measured = { metricType: MetricType; value: number };
export const METRIC_TYPES = ["views", "reads", "clicks", "likes", "reposts", "replies", "quotes"] as const;
export type MetricType = (typeof METRIC_TYPES)[number];

/** What a browser needs of a network: no secrets, no input or output. */
export type ChannelRules = {
  network: string;
  /** As people call it, such as "Bluesky". */
  label: string;
  limits: Limits;
  /** It shows items under addresses of its own, and finds out what `content:<id>` is whenever it shows one. */
  hasItems?: true;
  validate(publication: Publication): Finding[];
  preview(publication: Publication): Preview;
};

/**
 * One network. Every adapter passes `tests/peers/adapter-contract.ts`.
 * Calls throw a `ChannelError` and nothing else.
 */
export type ChannelAdapter<Input = unknown, Credentials = unknown> = ChannelRules & {
  /** Where a person agrees to it, for a network that asks on a page of its own; none where the operator has no app there. */
  authorization?: Authorization;
  /** What a person gives to connect, or what came back from there; strict. */
  credentials: z.ZodType<Input>;
  /** Metrics that `metrics` reports; any other of them is Unknown for this network. */
  metricTypes: readonly MetricType[];
  /** Whether `remove` can take a publication down. */
  removable: boolean;
  /** Tries the credentials and says whose account they open. */
  connect(input: Input, context: CallContext): Promise<Connected<Credentials>>;
  /** The same account is connected again: what the network gives only the first time stays good, such as a refresh token. */
  keep?(before: Credentials, next: Connected<Credentials>): Connected<Credentials>;
  /** Whether the account still works; throws `revoked`, `passing` … where not. */
  check(account: Account<Credentials>, context: CallContext): Promise<void>;
  /** A key for one part; unique, and valid as the network wants it. */
  newKey(clock: Clock): string;
  /** Sends one part. `earlier` are the parts already out, in order, for replies. */
  publish(
    account: Account<Credentials>,
    publication: Publication,
    part: Part,
    earlier: RemotePart[],
    context: CallContext,
  ): Promise<RemotePart>;
  /**
   * Is the part there? `null` is a clear no; `undefined` where the network can't tell, and a person is asked.
   * `earlier` are the parts before it that are known to be out, in order.
   */
  find(
    account: Account<Credentials>,
    part: Part,
    context: CallContext,
    earlier?: RemotePart[],
  ): Promise<RemotePart | null | undefined>;
  /** Of one publication, all its parts together. What the network can't tell now is left out, never told as zero. */
  metrics(account: Account<Credentials>, parts: RemotePart[], context: CallContext): Promise<Measured[]>;
  /** Takes one part down; one that is gone already is no error. */
  remove(account: Account<Credentials>, part: RemotePart, context: CallContext): Promise<void>;
};
