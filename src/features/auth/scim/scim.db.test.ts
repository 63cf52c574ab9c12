import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { realApp } from "#tests/factories/identity";
import { GROUP, PATCH, USER, withDirectory } from "#tests/factories/scim";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();

describe("as Okta's documentation has it", () => {
  it("tries the connection, looks for a user, makes one, reads and replaces it", async () => {
    const { scim, addressed, memberOf, actionsOn } = await withDirectory(t);
    const first = await scim("GET", "/Users?startIndex=1&count=2");
    expect([first.status, first.body]).toEqual([
      200,
      {
        schemas: [expect.stringContaining("ListResponse")],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      },
    ]);
    expect(first.headers.get("content-type")).toBe("application/scim+json; charset=utf-8");
    const userName = addressed("isaac.brock");
    const filter = `/Users?filter=userName%20eq%20%22${encodeURIComponent(userName)}%22&startIndex=1&count=100`;
    expect((await scim("GET", filter)).body.totalResults).toBe(0);
    const created = await scim("POST", "/Users", {
      schemas: [USER],
      userName,
      name: { givenName: "Isaac", familyName: "Brock" },
      emails: [{ primary: true, value: userName, type: "work" }],
      displayName: "Isaac Brock",
      locale: "en-US",
      externalId: "00ujl29u0le5T6Aj10h7",
      groups: [],
      password: "1mz050nq",
      active: true,
    });
    const { id } = created.body;
    expect([created.status, created.body]).toEqual([
      201,
      {
        schemas: [USER],
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        userName,
        externalId: "00ujl29u0le5T6Aj10h7",
        displayName: "Isaac Brock",
        name: { givenName: "Isaac", familyName: "Brock" },
        emails: [{ value: userName, type: "work", primary: true }],
        active: true,
        groups: [],
        roles: [{ value: "Viewer", primary: true }],
        meta: expect.objectContaining({ resourceType: "User", location: created.headers.get("location") }),
      },
    ]);
    expect(created.headers.get("location")).toBe(`https://contentos.test/api/v1/auth/scim/v2/Users/${id}`);
    expect((await scim("GET", filter)).body.Resources).toEqual([created.body]);
    expect((await scim("GET", `/Users/${id}`)).body).toEqual(created.body);
    expect(await memberOf(id)).toEqual({ role: "Viewer", removed: false });
    // Whoever asks for all that is kept of them is told what the directory calls them.
    const { directories } = await realApp(t).identity.everythingOf(id);
    expect(directories).toEqual([expect.objectContaining({ externalId: "00ujl29u0le5T6Aj10h7" })]);
    // Nobody signs in by what a directory made: there is no password of it.
    expect(await t.asOwner("select 1 from auth_accounts where user_id = $1", [id])).toEqual([]);
    const replaced = await scim("PUT", `/Users/${id}`, {
      schemas: [USER],
      id,
      userName,
      displayName: "I. Brock",
      active: true,
    });
    expect(replaced.body).toMatchObject({ displayName: "I. Brock", name: { formatted: "Isaac Brock" } });
    expect(replaced.body.externalId).toBeUndefined();
    expect(await actionsOn(id)).toEqual(["member_joined", "user_created", "user_changed"]);
  });

  it("switches a user off and on by a value without a path, and pushes groups", async () => {
    const { scim, patch, newUser, memberOf } = await withDirectory(t);
    const [kim, bo] = [await newUser(), await newUser()];
    expect((await patch(`/Users/${kim.id}`, { op: "replace", value: { active: false } })).body.active).toBe(false);
    expect((await memberOf(kim.id))!.removed).toBe(true);
    expect((await patch(`/Users/${kim.id}`, { op: "replace", value: { active: true } })).body.active).toBe(true);
    expect((await memberOf(kim.id))!.removed).toBe(false);

    const pushed = await scim("POST", "/Groups", { schemas: [GROUP], displayName: "Test SCIMv2", members: [] });
    const group = `/Groups/${pushed.body.id}`;
    expect(
      (await scim("GET", '/Groups?filter=displayName eq "test scimv2"&startIndex=1&count=100')).body.Resources[0].id,
    ).toBe(pushed.body.id);
    await patch(group, { op: "replace", value: { id: pushed.body.id, displayName: "Test SCIMv2 new" } });
    const added = await patch(group, {
      op: "add",
      path: "members",
      value: [
        { value: kim.id, display: kim.userName },
        { value: bo.id, display: bo.userName },
      ],
    });
    expect(added.body).toMatchObject({
      displayName: "Test SCIMv2 new",
      members: expect.arrayContaining([expect.objectContaining({ value: kim.id })]),
    });
    expect(added.body.members).toHaveLength(2);
    const fewer = await patch(group, { op: "remove", path: `members[value eq "${kim.id}"]` });
    expect(fewer.body.members.map(({ value }: { value: string }) => value)).toEqual([bo.id]);
    const replaced = await patch(group, { op: "replace", path: "members", value: [{ value: kim.id }] });
    expect(replaced.body.members.map(({ value }: { value: string }) => value)).toEqual([kim.id]);
    expect((await scim("GET", `/Users/${kim.id}`)).body.groups).toEqual([
      expect.objectContaining({ value: pushed.body.id, display: "Test SCIMv2 new" }),
    ]);
    expect([(await scim("DELETE", group)).status, (await scim("GET", group)).status]).toEqual([204, 404]);
  });
});

describe("as Entra ID's documentation has it", () => {
  it("writes words for booleans, capitals for operations, paths with filters, and extensions", async () => {
    const { scim, patch, addressed, memberOf } = await withDirectory(t);
    const userName = addressed("Test_User");
    const created = await scim("POST", "/Users", {
      schemas: [USER, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
      externalId: "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
      userName,
      active: true,
      emails: [{ primary: true, type: "work", value: userName }],
      meta: { resourceType: "User" },
      name: { formatted: "givenName familyName", familyName: "familyName", givenName: "givenName" },
      roles: [],
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "Sales" },
    });
    expect([created.status, created.body.userName]).toEqual([201, userName.toLowerCase()]);
    const path = `/Users/${created.body.id}`;
    const found = await scim("GET", `/Users?filter=userName eq "${userName}"`);
    expect(found.body.Resources[0].id).toBe(created.body.id);
    expect(
      (await scim("GET", '/Users?filter=externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"')).body.totalResults,
    ).toBe(1);
    const changed = await patch(
      path,
      { op: "Replace", path: 'emails[type eq "work"].value', value: userName },
      { op: "Replace", path: "name.familyName", value: "updatedFamilyName" },
      { op: "Add", path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", value: "Art" },
      { op: "Add", path: `${USER}:displayName`, value: "Given Updated" },
    );
    expect(changed.body).toMatchObject({
      displayName: "Given Updated",
      name: { formatted: "givenName familyName", familyName: "updatedFamilyName", givenName: "givenName" },
    });
    const off = await patch(path, { op: "Replace", path: "active", value: "False" });
    expect([off.status, off.body.active]).toEqual([200, false]);
    expect((await scim("GET", `/Users?filter=userName eq "${userName}"`)).body.Resources[0].active).toBe(false);
    const on = await patch(path, { op: "Replace", path: "active", value: [{ value: "True" }] });
    expect([on.body.active, (await memberOf(created.body.id))!.removed]).toEqual([true, false]);
  });

  it("leaves members out where they are not wanted, and takes them away by value", async () => {
    const { scim, patch, newUser, newGroup } = await withDirectory(t);
    const [kim, bo] = [await newUser(), await newUser()];
    const id = await newGroup("Marketing");
    const added = await patch(`/Groups/${id}?excludedAttributes=members`, {
      op: "Add",
      path: "members",
      value: [{ value: kim.id }, { value: bo.id }],
    });
    expect([added.status, added.body.members]).toEqual([200, undefined]);
    expect((await scim("GET", `/Groups/${id}?excludedAttributes=members`)).body.members).toBeUndefined();
    const fewer = await patch(`/Groups/${id}`, { op: "Remove", path: "members", value: [{ value: kim.id }] });
    expect(fewer.body.members.map(({ value }: { value: string }) => value)).toEqual([bo.id]);
    const renamed = await patch(`/Groups/${id}`, { op: "Replace", path: "displayName", value: "Marketing EU" });
    expect(renamed.body.displayName).toBe("Marketing EU");
    expect((await patch(`/Groups/${id}`, { op: "Remove", path: "members" })).body.members).toEqual([]);
  });
});

describe("what a directory switches off", () => {
  it("is out on the next request, its provider's sessions with it, and comes back by no invitation", async () => {
    const { id, scim, patch, addressed, call, admin } = await withDirectory(t);
    const app = realApp(t);
    const email = addressed("kim");
    const kim = await app.signup({ email });
    await app.identity.verifyEmailByOperator(email);
    const elsewhere = await seedWorkspace(t);
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Writer')", [
      elsewhere.id,
      kim.user.id,
    ]);
    const invited = await call(admin, "POST", `/workspaces/${id}/members`, { email, role: "Editor" });
    expect(invited.status).toBe(201);
    const created = await scim("POST", "/Users", { schemas: [USER], userName: email });
    expect([created.status, created.body.id]).toEqual([201, kim.user.id]);
    const [connection] = await t.asOwner<{ id: string }>(
      `insert into auth_sso_connections (workspace_id, issuer, client_id, sealed_secret, default_role, created_by)
       values ($1, 'https://idp.example', 'x', '', 'Writer', $2) returning id`,
      [id, admin.userId],
    );
    await t.asOwner(
      `insert into auth_sessions (user_id, token, expires_at, method, sso_connection_id) values ($1, 'by sso', now() + interval '1 day', 'Sso', $2)`,
      [kim.user.id, connection!.id],
    );
    const enters = async (workspaceId: string) =>
      (await app.send("GET", "/content", undefined, kim.accessToken, { "x-workspace-id": workspaceId })).status;
    expect([await enters(id), await enters(elsewhere.id)]).toEqual([200, 200]);
    await patch(`/Users/${kim.user.id}`, { op: "replace", value: { active: false } });
    expect([await enters(id), await enters(elsewhere.id)]).toEqual([404, 200]);
    const sessions = await t.asOwner("select method from auth_sessions where user_id = $1", [kim.user.id]);
    expect(sessions).toEqual([{ method: "Password" }]);
    const token = String(invited.body.inviteUrl).split("#token=")[1];
    const accepted = await app.send("POST", "/invitations/accept", { token }, kim.accessToken);
    expect([accepted.status, accepted.body.code]).toEqual([409, "invitation_invalid"]);
    expect((await scim("DELETE", `/Users/${kim.user.id}`)).status).toBe(204);
    expect((await scim("GET", `/Users/${kim.user.id}`)).status).toBe(404);
    // Made anew, as directories do when somebody comes back.
    expect((await scim("POST", "/Users", { schemas: [USER], userName: email })).body.id).toBe(kim.user.id);
    expect(await enters(id)).toBe(200);
  });

  it("is never the owner, nor does it make, change or unmake an Admin", async () => {
    const { id, scim, patch, admin, domain, newUser, newGroup, memberOf, call } = await withDirectory(t);
    await t.asOwner("update users set email = $2, email_verified = true where id = $1", [
      admin.userId,
      `owner.${randomUUID()}@${domain}`,
    ]);
    const path = `/Users/${admin.userId}`;
    const off = await patch(path, { op: "replace", value: { active: false } });
    expect([off.status, off.body]).toEqual([400, expect.objectContaining({ status: "400", scimType: "mutability" })]);
    expect((await scim("DELETE", path)).body.scimType).toBe("mutability");
    expect(await memberOf(admin.userId)).toEqual({ role: "Admin", removed: false });
    const other = await seedMember(t, id, "Admin");
    await t.asOwner("update users set email = $2 where id = $1", [other.userId, `other.${randomUUID()}@${domain}`]);
    const kim = await newUser();
    const group = await newGroup("Everybody", [other.userId, admin.userId, kim.id]);
    for (const role of ["Viewer", "Editor"])
      expect((await call(admin, "PUT", `/workspaces/${id}/scim/groups/${group}`, { role })).status).toBe(200);
    expect((await call(admin, "PUT", `/workspaces/${id}/scim/groups/${group}`, { role: "Admin" })).status).toBe(400);
    expect((await memberOf(other.userId))!.role).toBe("Admin");
    expect((await memberOf(kim.id))!.role).toBe("Editor");
    expect((await patch(`/Users/${other.userId}`, { op: "replace", value: { active: false } })).status).toBe(200);
    expect((await memberOf(other.userId))!.removed).toBe(true);
  });
});

describe("a directory's reach", () => {
  it("is its workspace's verified domains: nobody else is seen, made or taken over", async () => {
    const { id, scim, patch, newUser, addressed, domain } = await withDirectory(t);
    const theirs = await withDirectory(t);
    const [outsider, stranger, kim] = [await seedMember(t, id, "Writer"), await theirs.newUser(), await newUser()];
    const everybody = await scim("GET", "/Users");
    expect(everybody.body.Resources.map((user: { id: string }) => user.id)).toEqual([kim.id]);
    for (const [method, body] of [
      ["GET"],
      ["PUT", { userName: kim.userName }],
      ["PATCH", { Operations: [{ op: "replace", path: "active", value: false }] }],
      ["DELETE"],
    ] as const)
      for (const other of [outsider.userId, stranger.id, randomUUID(), "made-up"]) {
        const answer = await scim(method, `/Users/${other}`, body);
        expect([method, other, answer.status]).toEqual([method, other, 404]);
      }
    for (const userName of ["kim@elsewhere.example", `x@sub.${domain}`, stranger.userName]) {
      const answer = await scim("POST", "/Users", { schemas: [USER], userName });
      expect([userName, answer.status, answer.body.schemas]).toEqual([
        userName,
        403,
        ["urn:ietf:params:scim:api:messages:2.0:Error"],
      ]);
    }
    expect(await t.asOwner("select 1 from users where email = 'kim@elsewhere.example'")).toEqual([]);
    // Somebody waits with a password of theirs behind an address that they never confirmed.
    const app = realApp(t);
    const email = addressed("squatted");
    const squatter = await app.signup({ email });
    const refused = await scim("POST", "/Users", { schemas: [USER], userName: email });
    expect([refused.status, refused.body.scimType]).toEqual([409, "uniqueness"]);
    expect(await t.asOwner("select 1 from workspace_members where user_id = $1", [squatter.user.id])).toEqual([]);
    // Neither the account's address nor its name are a directory's to write.
    for (const change of [
      { path: "userName", value: addressed("another") },
      { value: { userName: "boss@elsewhere.example" } },
    ])
      expect((await patch(`/Users/${kim.id}`, { op: "replace", ...change })).body.scimType).toBe("mutability");
    await patch(`/Users/${kim.id}`, { op: "replace", path: "displayName", value: "Renamed" });
    const [row] = await t.asOwner("select email, name from users where id = $1", [kim.id]);
    expect(row).toEqual({ email: kim.userName, name: kim.userName });
    const group = await scim("POST", "/Groups", {
      schemas: [GROUP],
      displayName: "G",
      members: [{ value: outsider.userId }],
    });
    expect([group.status, group.body.scimType]).toEqual([400, "invalidValue"]);
    expect(await t.asOwner("select 1 from auth_scim_groups where workspace_id = $1", [id])).toEqual([]);
    const another = await theirs.newGroup("Theirs");
    expect((await scim("GET", `/Groups/${another}`)).status).toBe(404);
    expect((await patch(`/Groups/${another}`, { op: "replace", path: "displayName", value: "Mine" })).status).toBe(404);
  });

  it("ends with the domain, and opens nothing but SCIM", async () => {
    const { id, scim, call, newUser, token, admin } = await withDirectory(t);
    const kim = await newUser();
    expect((await call({ key: token }, "GET", "/content")).status).toBe(401);
    expect((await realApp(t).send("GET", "/content", undefined, token)).status).toBe(401);
    await t.asOwner("update auth_sso_domains set removed_at = now() where workspace_id = $1", [id]);
    expect((await scim("GET", `/Users/${kim.id}`)).status).toBe(404);
    const none = await call(admin, "POST", `/workspaces/${id}/scim/tokens`, {});
    expect([none.status, none.body.code]).toEqual([409, "domain_not_verified"]);
  });

  it("is by a token that Admins make, replace and end; hashed, and told once", async () => {
    const { id, scim, use, token, call, admin } = await withDirectory(t);
    const path = `/workspaces/${id}/scim`;
    const editor = await seedMember(t, id, "Editor");
    const stranger = (await seedWorkspace(t)).admin;
    for (const [method, at, body] of [
      ["GET", path, undefined],
      ["POST", `${path}/tokens`, {}],
      ["DELETE", `${path}/tokens/${randomUUID()}`, undefined],
      ["PUT", `${path}/groups/${randomUUID()}`, { role: null }],
    ] as const) {
      expect([method, (await call(editor, method, at, body)).status]).toEqual([method, 403]);
      expect([method, (await call(stranger, method, at, body)).status]).toEqual([method, 404]);
    }
    expect(token).toMatch(/^cosdir_[0-9A-Za-z]{49}$/);
    expect(JSON.stringify(await t.asOwner("select * from auth_scim_tokens"))).not.toContain(token);
    const next = await call(admin, "POST", `${path}/tokens`, { overlapHours: 1 });
    expect((await scim("GET", "/Users")).status).toBe(200);
    use(String(next.body.token));
    expect((await scim("GET", "/Users")).status).toBe(200);
    const last = await call(admin, "POST", `${path}/tokens`, { overlapHours: 0 });
    expect((await scim("GET", "/Users")).status).toBe(401);
    use(String(last.body.token));
    const read = await call(admin, "GET", path);
    expect(read.body.tokens).toHaveLength(1);
    expect(JSON.stringify(read.body)).not.toContain(String(last.body.token));
    const tokenId = (read.body.tokens as { id: string }[])[0]!.id;
    expect((await call(admin, "DELETE", `${path}/tokens/${tokenId}`)).status).toBe(204);
    expect((await call(admin, "DELETE", `${path}/tokens/${tokenId}`)).status).toBe(404);
    for (const bad of [String(last.body.token), "", "made-up", `${token.slice(0, -1)}x`]) {
      use(bad);
      const refused = await scim("GET", "/Users");
      expect([refused.status, refused.body.status, refused.headers.get("www-authenticate")]).toEqual([
        401,
        "401",
        "Bearer",
      ]);
    }
  });
});

describe("the protocol", () => {
  it("pages, filters, and refuses with a scimType", async () => {
    const { scim, patch, newUser, newGroup } = await withDirectory(t);
    const users = [await newUser(), await newUser(), await newUser()];
    const page = await scim("GET", "/Users?startIndex=2&count=1");
    expect(page.body).toMatchObject({
      totalResults: 3,
      startIndex: 2,
      itemsPerPage: 1,
      Resources: [{ id: users[1]!.id }],
    });
    expect((await scim("GET", "/Users?count=0")).body).toMatchObject({
      totalResults: 3,
      itemsPerPage: 0,
      Resources: [],
    });
    expect((await scim("GET", "/Users?startIndex=9")).body).toMatchObject({ totalResults: 3, Resources: [] });
    expect((await scim("GET", "/Users?startIndex=-1&count=-5")).body).toMatchObject({ startIndex: 1, itemsPerPage: 0 });
    expect(
      (await scim("GET", `/Users?filter=USERNAME EQ "${users[0]!.userName.toUpperCase()}"`)).body.totalResults,
    ).toBe(1);
    expect((await scim("GET", '/Users?filter=id eq "made-up"')).body.totalResults).toBe(0);
    const path = `/Users/${users[0]!.id}`;
    const group = await newGroup("One");
    const refusals: [string, Promise<{ status: number; body: { scimType?: string } }>, number, string | undefined][] = [
      ["another operator", scim("GET", '/Users?filter=userName like "kim"'), 400, "invalidFilter"],
      ["half a comparison", scim("GET", '/Users?filter=userName eq "a" or id eq'), 400, "invalidFilter"],
      ["another attribute", scim("GET", '/Users?filter=password eq "a"'), 400, "invalidFilter"],
      ["SQL", scim("GET", `/Users?filter=userName eq "a' or 1=1 --`), 400, "invalidFilter"],
      ["no address", scim("POST", "/Users", { userName: "kim" }), 400, "invalidValue"],
      ["no name", scim("POST", "/Users", {}), 400, "invalidValue"],
      ["there already", scim("POST", "/Users", { userName: users[0]!.userName }), 409, "uniqueness"],
      ["a group's name twice", scim("POST", "/Groups", { displayName: "one" }), 409, "uniqueness"],
      ["no group's name", patch(`/Groups/${group}`, { op: "remove", path: "displayName" }), 400, "mutability"],
      ["no JSON", scim("POST", "/Users", "{"), 400, "invalidSyntax"],
      ["a NUL", scim("POST", "/Users", { userName: "a\0@b.example" }), 400, "invalidValue"],
      ["another type", scim("POST", "/Users", "<x/>", { "content-type": "text/xml" }), 415, undefined],
      ["another operation", patch(path, { op: "move", path: "active", value: true }), 400, "invalidSyntax"],
      ["no operations", scim("PATCH", path, { schemas: [PATCH] }), 400, "invalidSyntax"],
      ["no path to remove", patch(path, { op: "remove" }), 400, "noTarget"],
      ["a broken path", patch(path, { op: "replace", path: "emails[type eq", value: "x" }), 400, "invalidPath"],
      ["no boolean", patch(path, { op: "replace", path: "active", value: "perhaps" }), 400, "invalidValue"],
      [
        "groups in groups",
        patch(`/Groups/${group}`, { op: "add", path: "members", value: [{ value: group, type: "Group" }] }),
        400,
        "invalidValue",
      ],
      ["nothing in bulk", scim("POST", "/Bulk", {}), 400, "invalidSyntax"],
      ["nothing there", scim("GET", "/Devices"), 404, undefined],
    ];
    for (const [what, answer, status, scimType] of refusals) {
      const told = await answer;
      expect([what, told.status, told.body.scimType]).toEqual([what, status, scimType]);
    }
    expect((await scim("GET", "/Users")).body.totalResults).toBe(3);
  });

  it("overwrites nothing that was changed since, where it is told what it was based on", async () => {
    const { scim, newUser } = await withDirectory(t);
    const { id } = await newUser();
    const before = (await scim("GET", `/Users/${id}`)).headers.get("etag")!;
    const change = (displayName: string) => ({
      Operations: [{ op: "replace", path: "displayName", value: displayName }],
    });
    const first = await scim("PATCH", `/Users/${id}`, change("A"), { "if-match": before });
    expect([first.status, first.headers.get("etag") === before]).toEqual([200, false]);
    expect((await scim("PATCH", `/Users/${id}`, change("B"), { "if-match": before })).status).toBe(412);
    expect((await scim("DELETE", `/Users/${id}`, undefined, { "if-match": before })).status).toBe(412);
    expect((await scim("GET", `/Users/${id}`)).body.displayName).toBe("A");
    expect((await scim("PATCH", `/Users/${id}`, change("C"), { "if-match": "*" })).status).toBe(200);
  });

  it("tells what it can, by its own schemas", async () => {
    const { scim } = await withDirectory(t);
    const config = await scim("GET", "/ServiceProviderConfig");
    expect(config.body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 100, maxPayloadSize: 2_097_152 },
      sort: { supported: true },
      etag: { supported: true },
    });
    const types = await scim("GET", "/ResourceTypes");
    expect(types.body.Resources.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual(["/Users", "/Groups"]);
    expect((await scim("GET", "/ResourceTypes/User")).body.schema).toBe(USER);
    const schemas = await scim("GET", "/Schemas");
    expect(schemas.body.Resources.map(({ id }: { id: string }) => id)).toEqual([USER, GROUP]);
    expect((await scim("GET", `/Schemas/${USER}`)).body.attributes[0]).toMatchObject({
      name: "userName",
      required: true,
      uniqueness: "server",
    });
    expect((await scim("GET", "/Schemas/made-up")).status).toBe(404);
  });

  it("gives members the highest role of their groups, and the default's without one; each change is written down", async () => {
    const { id, scim, newUser, newGroup, memberOf, actionsOn, call, admin } = await withDirectory(t);
    const kim = await newUser();
    const [writers, editors] = [await newGroup("Writers", [kim.id]), await newGroup("Editors")];
    const map = (group: string, role: string | null) =>
      call(admin, "PUT", `/workspaces/${id}/scim/groups/${group}`, { role });
    const roleNow = async () => (await memberOf(kim.id))!.role;
    expect((await map(writers, "Writer")).body.groups).toContainEqual({
      id: writers,
      displayName: "Writers",
      role: "Writer",
      members: 1,
    });
    await map(editors, "Editor");
    expect(await roleNow()).toBe("Writer");
    await scim("PATCH", `/Groups/${editors}`, {
      Operations: [{ op: "add", path: "members", value: [{ value: kim.id }] }],
    });
    expect(await roleNow()).toBe("Editor");
    await scim("DELETE", `/Groups/${editors}`);
    expect(await roleNow()).toBe("Writer");
    await map(writers, null);
    expect(await roleNow()).toBe("Viewer");
    expect(await actionsOn(kim.id)).toEqual([
      "member_joined",
      "user_created",
      "member_changed",
      "member_changed",
      "member_changed",
      "member_changed",
    ]);
    expect(await actionsOn(writers)).toEqual(["group_changed", "group_created"]);
    expect((await map(randomUUID(), "Writer")).status).toBe(404);
  });
});
