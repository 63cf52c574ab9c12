import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Account,
  type CallContext,
  type ChannelAdapter,
  ChannelError,
  type Part,
  type Publication,
  type RemotePart,
} from "@/channels/adapter";
import { textsOf } from "@/channels/default-parts";

/** A network as a test sees it: the adapter's way in, and the network's own word for what came of it. */
export type Subject = {
  adapter: ChannelAdapter;
  context: CallContext;
  /** What a person gives; goes through the adapter's own schema. */
  input: unknown;
  /** Well-formed, and not accepted; left out where nothing is asked for. */
  wrongInput?: unknown;
  /** False where `find` answers undefined, since the network can't tell. */
  tells: boolean;
  /** True where the network takes no text of an account twice. */
  refusesRepeats?: true;
  /** True where the network is here without the side of it that counts: then metrics are a passing fault, never zero. */
  countless?: boolean;
  /** How many objects there are, as the network itself counts them. */
  count(): Promise<number>;
  /** From now on what is written is taken, and the answer does not come back. */
  cutAnswers(): void;
  /** From now on no connection comes about. */
  unplug(): void;
  /** Ends both. */
  restore(): void;
  /** Takes the connected account's credentials away; left out where there are none. */
  revoke?(): Promise<void>;
  close(): Promise<void>;
};

export const aPublication = (changes: Partial<Publication> = {}): Publication => ({
  contentItemId: "0199a000-0000-7000-8000-000000000001",
  versionNumber: 3,
  title: "How we plan a quarter",
  body: "# Plan\n\nWhat we **learnt**.",
  excerpt: "What we learnt from four quarters of planning in the open.",
  language: "en",
  canonicalUrl: "https://example.com/plan",
  parts: [],
  partImages: [],
  images: [],
  assets: [],
  ...changes,
});

export const partsFor = (adapter: ChannelAdapter, publication: Publication, context: CallContext): Part[] =>
  textsOf(publication, adapter.limits).map((text, position) => ({
    position,
    key: adapter.newKey(context.clock),
    createdAt: context.clock.now(),
    text,
    images: [],
  }));

/** Publishes in order, as the publisher does: each part knows those that are out. */
export async function publishAll(
  { adapter, context }: Pick<Subject, "adapter" | "context">,
  account: Account<unknown>,
  publication: Publication,
  parts: Part[],
): Promise<RemotePart[]> {
  const out: RemotePart[] = [];
  for (const part of parts) out.push(await adapter.publish(account, publication, part, out, context));
  return out;
}

export async function connectAccount({ adapter, context, input }: Pick<Subject, "adapter" | "context" | "input">) {
  const connected = await adapter.connect(adapter.credentials.parse(input), context);
  const account: Account<unknown> = {
    channelId: "0199a000-0000-7000-8000-00000000c0de",
    workspaceId: "0199a000-0000-7000-8000-000000000002",
    credentials: connected.credentials,
    async saveCredentials(next) {
      account.credentials = next;
    },
  };
  return { connected, account };
}

export async function kindOf(act: Promise<unknown>): Promise<ChannelError["kind"] | "none"> {
  try {
    await act;
    return "none";
  } catch (error) {
    if (error instanceof ChannelError) return error.kind;
    throw error;
  }
}

/** What the publisher relies on, for any network. */
export function describeAdapter(name: string, setup: () => Promise<Subject>) {
  describe(`${name} keeps the contract of an adapter`, () => {
    let subject: Subject;
    let account: Account<unknown>;
    let texts = 0;
    /** Each says something else, since there are networks that take no text twice. */
    const another = () => {
      texts += 1;
      return aPublication({ title: `How we plan quarter ${texts}` });
    };
    let publication = another();
    beforeAll(async () => {
      subject = await setup();
      ({ account } = await connectAccount(subject));
    }, 120_000);
    afterAll(() => subject?.close());

    const samePart = () => partsFor(subject.adapter, publication, subject.context)[0]!;
    const onePart = () => {
      publication = another();
      return samePart();
    };
    const publish = (part: Part) => subject.adapter.publish(account, publication, part, [], subject.context);
    const find = (part: Part) => subject.adapter.find(account, part, subject.context);
    const nothing = () => (subject.tells ? null : undefined);

    it("refuses wrong credentials, and says whose the right ones are", async () => {
      const { connected } = await connectAccount(subject);
      expect(connected.name).not.toBe("");
      expect(connected.remoteAccount).not.toBe("");
      await subject.adapter.check(account, subject.context);
      if (subject.wrongInput === undefined) return;
      const wrong = connectAccount({ ...subject, input: subject.wrongInput });
      expect(["refused", "revoked"]).toContain(await kindOf(wrong));
    });

    it("never makes a key twice", () => {
      const keys = Array.from({ length: 1000 }, () => subject.adapter.newKey(subject.context.clock));
      expect(new Set(keys).size).toBe(1000);
    });

    it("publishes one part once, however often it is asked to", async () => {
      const before = await subject.count();
      const part = onePart();
      expect(await find(part)).toBe(nothing());
      const first = await publish(part);
      const second = await publish(part);
      expect(second).toEqual(first);
      expect(await subject.count()).toBe(before + 1);
      if (subject.tells) expect(await find(part)).toEqual(first);
    });

    it("keeps two parts with the same text apart", async () => {
      const before = await subject.count();
      const one = await publish(onePart());
      if (subject.refusesRepeats) {
        // A later part is told apart by its time.
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect(await kindOf(publish(samePart()))).toBe("refused");
        return expect(await subject.count()).toBe(before + 1);
      }
      const other = await publish(samePart());
      expect(one.remoteId).not.toBe(other.remoteId);
      expect(await subject.count()).toBe(before + 2);
    });

    it("publishes a thread part by part", async () => {
      if (subject.adapter.limits.form !== "thread") return;
      const thread = aPublication({ parts: ["One", "Two", "Three"] });
      const before = await subject.count();
      const out = await publishAll(subject, account, thread, partsFor(subject.adapter, thread, subject.context));
      expect(new Set(out.map(({ remoteId }) => remoteId)).size).toBe(3);
      expect(await subject.count()).toBe(before + 3);
    });

    it("calls an answer that was cut off lost, and tells the truth when asked", async () => {
      const before = await subject.count();
      const part = onePart();
      subject.cutAnswers();
      try {
        expect(await kindOf(publish(part))).toBe("lost");
      } finally {
        subject.restore();
      }
      expect(await subject.count()).toBe(before + 1);
      const found = await find(part);
      if (subject.tells) expect(found).not.toBeNull();
      else expect(found).toBeUndefined();
      // Sent again after all, it is still one.
      const again = await publish(part);
      if (subject.tells) expect(again).toEqual(found);
      expect(await subject.count()).toBe(before + 1);
    });

    it("calls a network that can't be reached passing, and nothing was sent", async () => {
      const before = await subject.count();
      const part = onePart();
      subject.unplug();
      try {
        expect(await kindOf(publish(part))).toBe("passing");
        if (subject.tells) expect(await kindOf(find(part))).toBe("passing");
      } finally {
        subject.restore();
      }
      expect(await subject.count()).toBe(before);
      expect(await find(part)).toBe(nothing());
    });

    it("reports the metrics that it declares and no others", async () => {
      const remote = await publish(onePart());
      const metrics = subject.adapter.metrics(account, [remote], subject.context);
      if (subject.countless) return expect(await kindOf(metrics)).toBe("passing");
      const measured = await metrics;
      for (const { metricType, value } of measured) {
        expect(subject.adapter.metricTypes).toContain(metricType);
        expect(Number.isInteger(value) && value >= 0).toBe(true);
      }
      expect(new Set(measured.map(({ metricType }) => metricType)).size).toBe(measured.length);
    });

    it("takes a publication down, also a second time", async () => {
      if (!subject.adapter.removable) return;
      const before = await subject.count();
      const part = onePart();
      const remote = await publish(part);
      expect(await subject.count()).toBe(before + 1);
      await subject.adapter.remove(account, remote, subject.context);
      expect(await subject.count()).toBe(before);
      expect(await find(part)).toBe(nothing());
      await subject.adapter.remove(account, remote, subject.context);
      expect(await subject.count()).toBe(before);
    });

    it("says so when the credentials were revoked", async () => {
      if (!subject.revoke) return;
      await subject.revoke();
      expect(await kindOf(subject.adapter.check(account, subject.context))).toBe("revoked");
    });
  });
}
