import { randomUUID } from "node:crypto";
import type { Member } from "#tests/factories";
import type { caller } from "#tests/harness/app";
import { expectStatus } from "./approval";

type Call = ReturnType<typeof caller>;
type Made = Record<string, unknown> & { id: string; name: string; updatedAt: string };

const make =
  (path: string, fields: () => object) =>
  async (call: Call, as: Member, over: object = {}) =>
    (await expectStatus(call(as, "POST", path, { ...fields(), ...over }), 201)) as Made;

/** Made through the API by an Editor or Admin. */
export const makeTag = make("/planning/tags", () => ({ name: `Tag ${randomUUID()}` }));
export const makeCampaign = make("/planning/campaigns", () => ({ name: `Campaign ${randomUUID()}` }));
export const makeTemplate = make("/planning/templates", () => ({ name: `Template ${randomUUID()}`, title: "How to" }));
export const makePersona = make("/personas", () => ({ name: `Persona ${randomUUID()}` }));
export const makeItem = make("/content", () => ({ title: `Item ${randomUUID()}` })) as (
  call: Call,
  as: Member,
  over?: object,
) => Promise<Record<string, unknown> & { id: string }>;
