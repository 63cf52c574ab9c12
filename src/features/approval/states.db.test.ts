import { beforeAll, describe, expect, test } from "vitest";
import type { Member } from "#tests/factories";
import { seedChannel, seedTeam, setPolicy, submit, type Team } from "#tests/factories/approval";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { withWorkspace } from "@/db/scope";
import { setStatus } from "@/features/content";
import { approvedFor } from "./index";
import {
  APPROVAL_STATES,
  type ApprovalEvent,
  ITEM_STATES,
  type ItemEvent,
  nextApprovalState,
  nextItemState,
} from "./policy";

const t = testDatabase();
const call = caller(t);
const DEFAULT_STEPS = [{ role: "Editor" }, { role: "Admin" }];

let team: Team;
let channelId: string;
beforeAll(async () => {
  team = await seedTeam(t);
  channelId = await seedChannel(t, team.workspace.id);
});

type ItemState = keyof typeof ITEM_STATES;
type ApprovalState = keyof typeof APPROVAL_STATES;
/** An item with an adaptation and the steps of its one submission, as the API has them. */
type Scene = { id: string; adaptationId: string; steps: string[] };

const post = (as: Member, path: string, body: unknown = {}) => call(as, "POST", path, body);
const ok = async (answer: Promise<Answer>) => {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as Record<string, unknown> & { id: string; next?: { id: string } | null };
};
const approve = (as: Member, stepId: string) => post(as, `/approval/${stepId}/approve`);
const reject = (as: Member, stepId: string) => post(as, `/approval/${stepId}/reject`, { reason: "Not yet." });
const save = (scene: Scene) => post(team.writer, `/content/${scene.id}/versions`, { body: "Later.", baseVersion: 1 });

/** What the distribution room asks and does when a publication went out. */
const publish = (scene: Scene) =>
  withWorkspace(t.db, { ...team.admin, requestId: undefined }, async (tx) => {
    if (!(await approvedFor(tx, scene.id))) return { status: 409, body: { code: "not_approved" } };
    await setStatus(tx, scene.id, "Published", new Date());
    return { status: 200, body: {} };
  });

async function submitted(): Promise<Scene> {
  const { id } = await ok(post(team.writer, "/content", { title: "Spring", body: "It is here." }));
  const adaptation = await ok(
    post(team.writer, `/content/${id}/adaptations`, { channelId, parts: [{ text: "Spring!" }] }),
  );
  const step = await submit(call, team.writer, id, [adaptation.id]);
  return { id, adaptationId: adaptation.id, steps: [step.id] };
}

async function approvedOnce() {
  const scene = await submitted();
  const { next } = await ok(approve(team.editor, scene.steps[0]!));
  return { ...scene, steps: [...scene.steps, next!.id] };
}

async function approvedWhole() {
  const scene = await approvedOnce();
  await ok(approve(team.admin, scene.steps[1]!));
  return scene;
}

const IN_STATE: Record<ItemState, () => Promise<Scene>> = {
  Draft: async () => {
    const scene = await submitted();
    await ok(reject(team.editor, scene.steps[0]!));
    return scene;
  },
  InReview: submitted,
  Approved: approvedWhole,
  Published: async () => {
    const scene = await approvedWhole();
    await publish(scene);
    return scene;
  },
};

type Did = { status: number; body: { code?: string } };
const EVENTS: Record<ItemEvent, { refusal?: string; do: (scene: Scene) => Promise<Did> }> = {
  submit: { refusal: "not_draft", do: ({ id }) => post(team.writer, `/content/${id}/submit`) },
  submitAlone: {
    refusal: "not_draft",
    do: async ({ id }) => {
      await setPolicy(t, team.workspace.id, []);
      return post(team.writer, `/content/${id}/submit`).finally(() => setPolicy(t, team.workspace.id, DEFAULT_STEPS));
    },
  },
  approve: { refusal: "not_pending", do: ({ steps }) => approve(team.otherEditor, steps[0]!) },
  approveLast: {
    refusal: "not_pending",
    do: async ({ steps }) => {
      const first = await approve(team.editor, steps[0]!);
      const last = steps[1] ?? (first.body.next as { id: string } | undefined)?.id ?? steps[0]!;
      return approve(team.otherAdmin, last);
    },
  },
  reject: { refusal: "not_pending", do: ({ steps }) => reject(team.otherAdmin, steps.at(-1)!) },
  saveVersion: { do: save },
  changeAdaptation: {
    do: ({ id, adaptationId }) =>
      call(team.writer, "PUT", `/content/${id}/adaptations/${adaptationId}`, { parts: [{ text: "Spring?" }] }),
  },
  archive: { do: ({ id }) => post(team.writer, `/content/${id}/archive`) },
  publish: { refusal: "not_approved", do: publish },
};

const statusOf = async (id: string) =>
  (await t.asOwner<{ status: string }>("select status from content_items where id = $1", [id]))[0]!.status;

describe.each(Object.keys(ITEM_STATES) as ItemState[])("an item that is %s", (state) => {
  test.each(Object.keys(EVENTS) as ItemEvent[])("meets %s", async (event) => {
    const scene = await IN_STATE[state]();
    expect(await statusOf(scene.id)).toBe(state);

    const did = await EVENTS[event].do(scene);

    const next = nextItemState(state, event);
    if (next) expect([did.body, did.status < 300]).toEqual([expect.anything(), true]);
    else expect([did.status, did.body.code]).toEqual([409, EVENTS[event].refusal ?? "an event that is never refused"]);
    expect(await statusOf(scene.id)).toBe(next ?? state);
    expect((await call(team.viewer, "GET", `/content/${scene.id}`)).body.status).toBe(next ?? state);
  });
});

const APPROVAL_IN_STATE: Record<ApprovalState, () => Promise<Scene>> = {
  Pending: submitted,
  Approved: approvedOnce,
  Rejected: IN_STATE.Draft,
  Superseded: async () => {
    const scene = await submitted();
    await ok(save(scene));
    return scene;
  },
};

/** A new version supersedes what is open or given; what was rejected or superseded already is left as it is. */
const APPROVAL_EVENTS: Record<ApprovalEvent, (scene: Scene) => Promise<Did>> = {
  approve: ({ steps }) => approve(team.otherAdmin, steps[0]!),
  reject: ({ steps }) => reject(team.otherAdmin, steps[0]!),
  supersede: async ({ id }) => {
    const { body } = await call(team.writer, "GET", `/content/${id}`);
    const baseVersion = (body.currentVersion as { versionNumber: number }).versionNumber;
    return post(team.writer, `/content/${id}/versions`, { body: "Later still.", baseVersion });
  },
};

describe.each(Object.keys(APPROVAL_STATES) as ApprovalState[])("an approval that is %s", (state) => {
  test.each(Object.keys(APPROVAL_EVENTS) as ApprovalEvent[])("meets %s", async (event) => {
    const scene = await APPROVAL_IN_STATE[state]();
    const [stepId] = scene.steps as [string];
    const read = async () => (await call(team.viewer, "GET", `/approval/${stepId}`)).body.status;
    expect(await read()).toBe(state);

    const did = await APPROVAL_EVENTS[event](scene);

    const next = nextApprovalState(state, event);
    if (!next && event !== "supersede") expect([did.status, did.body.code]).toEqual([409, "not_pending"]);
    else expect(did.status).toBeLessThan(300);
    expect(await read()).toBe(next ?? state);
  });
});
