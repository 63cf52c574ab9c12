import type { Member } from "#tests/factories";
import { expectStatus } from "#tests/factories/approval";
import type { caller } from "#tests/harness/app";

type Call = ReturnType<typeof caller>;
export type SeededComment = { id: string; threadId: string; body: string | null; createdAt: string };
export type SeededThread = { id: string; comments: { items: SeededComment[]; nextCursor: string | null } };

/** Opens a thread through the API. */
export async function openThread(call: Call, as: Member, itemId: string, over: object = {}): Promise<SeededThread> {
  const words = { body: "Is this still true?", ...over };
  return (await expectStatus(call(as, "POST", `/content/${itemId}/comments`, words), 201)) as never;
}

export async function reply(call: Call, as: Member, itemId: string, threadId: string, over: object = {}) {
  const path = `/content/${itemId}/comments/${threadId}/replies`;
  return (await expectStatus(call(as, "POST", path, { body: "It is.", ...over }), 201)) as unknown as SeededComment;
}

/** What an anchor in the first version says of the first place where these words stand. */
export function anchorOn(text: string, quote: string, over: object = {}) {
  const start = text.indexOf(quote);
  return { versionNumber: 1, field: "body", start, end: start + quote.length, quote, ...over };
}
