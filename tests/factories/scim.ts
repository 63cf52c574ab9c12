import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { caller, testApp } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";
import { seedWorkspace } from "./index";

export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

// biome-ignore lint/suspicious/noExplicitAny: what a server answers is what is tested.
type Told = { status: number; body: any; headers: Headers };

/** A workspace with a verified domain, and its directory. */
export async function withDirectory(t: TestDatabase) {
  const workspace = await seedWorkspace(t);
  const { id, admin } = workspace;
  const domain = `d${randomUUID().slice(0, 8)}.example`;
  await t.asOwner(
    "insert into auth_sso_domains (workspace_id, domain, token, verified_at, created_by) values ($1, $2, 'x', now(), $3)",
    [id, domain, admin.userId],
  );
  const call = caller(t);
  const made = await call(admin, "POST", `/workspaces/${id}/scim/tokens`, {});
  expect(made.status).toBe(201);
  const app = testApp(t);
  let token = String(made.body.token);

  async function scim(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Told> {
    const answer = await app.request(`/api/v1/auth/scim/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/scim+json; charset=utf-8" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
  }
  const addressed = (name: string) => `${name}.${randomUUID().slice(0, 8)}@${domain}`;
  const newUser = async (userName = addressed("kim"), more: object = {}) => {
    const created = await scim("POST", "/Users", { schemas: [USER], userName, active: true, ...more });
    expect([created.status, created.body]).toEqual([201, expect.objectContaining({ userName, active: true })]);
    return created.body as { id: string; userName: string };
  };
  const newGroup = async (displayName: string, members: string[] = []) => {
    const body = { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) };
    const created = await scim("POST", "/Groups", body);
    expect(created.status).toBe(201);
    return String(created.body.id);
  };
  const memberOf = async (userId: string) =>
    (
      await t.asOwner<{ role: string; removed: boolean }>(
        "select role, removed_at is not null as removed from workspace_members where workspace_id = $1 and user_id = $2",
        [id, userId],
      )
    )[0];
  const actionsOn = async (subjectId: string) =>
    (
      await t.asOwner<{ action: string }>(
        "select action from audit_events where workspace_id = $1 and subject_id = $2 and action like 'auth.scim%' order by at, action",
        [id, subjectId],
      )
    ).map(({ action }) => action.replace("auth.scim_", ""));
  return {
    ...workspace,
    domain,
    call,
    scim,
    token,
    addressed,
    newUser,
    newGroup,
    memberOf,
    actionsOn,
    patch: (path: string, ...Operations: object[]) => scim("PATCH", path, { schemas: [PATCH], Operations }),
    use: (other: string) => {
      token = other;
    },
  };
}
