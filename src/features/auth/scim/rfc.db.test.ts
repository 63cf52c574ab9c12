import { describe, expect, it } from "vitest";
import { seedMember } from "#tests/factories";
import { GROUP, PATCH, USER, withDirectory } from "#tests/factories/scim";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
type Directory = Awaited<ReturnType<typeof withDirectory>>;
const asked = (path: string, filter: string, more = "") => `${path}?filter=${encodeURIComponent(filter)}${more}`;

describe("lists by RFC 7644, 3.4.2", () => {
  it("narrows by all operators, on what is shown, and pages through what is left", async () => {
    const { scim, newUser, newGroup, patch, addressed, id } = await withDirectory(t);
    const kim = await newUser(addressed("kim"), {
      name: { familyName: "O'Malley", givenName: "Kim" },
      externalId: "Ab1",
    });
    const bo = await newUser(addressed("bo"), { displayName: "Bo Example" });
    const al = await newUser(addressed("al"), { displayName: "Al Example" });
    await patch(`/Users/${al.id}`, { op: "replace", path: "active", value: false });
    const guides = await newGroup("Tour Guides", [kim.id, bo.id]);
    const empty = await newGroup("Nobody");
    // A member whom no directory may see is in no answer, whatever is asked.
    const outside = await seedMember(t, id, "Writer");
    const all: [string, string[]][] = [
      ['userName sw "kim."', [kim.id]],
      ['userName co "@d" and active eq true', [kim.id, bo.id]],
      ["not (active eq true)", [al.id]],
      ['displayName ew "example"', [bo.id, al.id]],
      [`name.familyName co "O'Malley"`, [kim.id]],
      ['externalId eq "Ab1"', [kim.id]],
      ['externalId eq "ab1"', []],
      ["externalId pr", [kim.id]],
      [`emails[type eq "work" and value sw "bo."]`, [bo.id]],
      [`emails[type eq "work"].value eq "${kim.userName}"`, [kim.id]],
      ['groups.display eq "tour guides"', [kim.id, bo.id]],
      [`groups[value eq "${guides}"] and userName sw "bo"`, [bo.id]],
      ['meta.created gt "2020-01-01T00:00:00Z" and userName sw "al"', [al.id]],
      ['meta.lastModified lt "2020-01-01T00:00:00Z"', []],
      [`id eq "${outside.userId}" or userName pr and userName ne "${bo.userName}"`, [kim.id, al.id]],
    ];
    for (const [filter, ids] of all) {
      const { body } = await scim("GET", asked("/Users", filter));
      expect([filter, body.totalResults, body.Resources?.map((user: { id: string }) => user.id)]).toEqual([
        filter,
        ids.length,
        ids,
      ]);
    }
    const paged = await scim("GET", asked("/Users", 'userName co "@d"', "&startIndex=2&count=1"));
    expect(paged.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1, Resources: [{ id: bo.id }] });
    const groups = async (filter: string, more = "") =>
      (await scim("GET", asked("/Groups", filter, more))).body.Resources.map(
        (group: object) => Object.keys(group).includes("members") && (group as { id: string }).id,
      );
    expect(await groups(`members[value eq "${bo.id}"]`)).toEqual([guides]);
    expect(await groups("not (members pr)")).toEqual([empty]);
    expect(await groups(`members eq "${bo.id}"`, "&excludedAttributes=members")).toEqual([false]);
  });

  it("sorts upwards and downwards, over pages", async () => {
    const { scim, newUser, addressed } = await withDirectory(t);
    const names = ["b", "A", "c"];
    for (const displayName of names) await newUser(addressed(displayName.toLowerCase()), { displayName });
    const sorted = async (query: string) =>
      (await scim("GET", `/Users?${query}`)).body.Resources.map((user: { displayName: string }) => user.displayName);
    expect(await sorted("sortBy=displayName")).toEqual(["A", "b", "c"]);
    expect(await sorted("sortBy=displayName&sortOrder=descending&startIndex=2&count=1")).toEqual(["b"]);
    expect(await sorted('sortBy=emails.value&filter=displayName ne "b"')).toEqual(["A", "c"]);
    expect((await scim("GET", "/Users?sortBy=password")).body.scimType).toBe("invalidPath");
    expect((await scim("GET", "/Users?sortBy=id&sortOrder=up")).body.scimType).toBe("invalidValue");
  });
});

describe("PATCH by RFC 7644, 3.5.2", () => {
  it("picks values by a path: members by what they are, and the address, which stays", async () => {
    const { scim, newUser, newGroup, patch, addressed } = await withDirectory(t);
    const users = [await newUser(addressed("kim")), await newUser(addressed("bo")), await newUser(addressed("al"))];
    const group = await newGroup(
      "Tour Guides",
      users.map(({ id }) => id),
    );
    const members = async () =>
      ((await scim("GET", `/Groups/${group}`)).body.members ?? []).map(({ value }: { value: string }) => value);
    const remove = (path: string) => patch(`/Groups/${group}`, { op: "remove", path });
    expect((await remove(`members[display sw "kim." or value eq "${users[1]!.id}"]`)).status).toBe(200);
    expect(await members()).toEqual([users[2]!.id]);
    expect((await remove('members[password eq "x"]')).body.scimType).toBe("invalidFilter");
    expect((await remove('displayName[value eq "x"]')).status).toBe(200);
    expect(
      (await patch(`/Groups/${group}`, { op: "add", path: 'members[value eq "x"]', value: {} })).body.scimType,
    ).toBe("invalidPath");
    expect((await remove(`members[value eq "${users[0]!.id}"]`)).status).toBe(200);
    expect(await members()).toEqual([users[2]!.id]);
    const [{ id, userName }] = users as [{ id: string; userName: string }];
    const change = (op: string, path: string, value?: unknown) => patch(`/Users/${id}`, { op, path, value });
    expect((await change("replace", 'emails[type eq "work"].value', userName)).status).toBe(200);
    expect((await change("replace", 'emails[type eq "work"].value', addressed("other"))).body.scimType).toBe(
      "mutability",
    );
    expect((await change("replace", 'emails[type eq "home"].value', userName)).body.scimType).toBe("noTarget");
    expect((await change("remove", 'emails[type eq "work"]')).body.scimType).toBe("mutability");
    expect((await change("replace", "emails[type is].value", userName)).body.scimType).toBe("invalidFilter");
    expect((await scim("GET", `/Users/${id}`)).body.userName).toBe(userName);
  });
});

describe("bulk by RFC 7644, 3.7", () => {
  const send = ({ scim }: Directory, Operations: object[], more: object = {}) =>
    scim("POST", "/Bulk", { schemas: [BULK], Operations, ...more });
  const user = (userName: string) => ({ schemas: [USER], userName, active: true });
  const statuses = (answer: { body: { Operations: { status: string }[] } }) =>
    answer.body.Operations.map(({ status }) => status);

  it("makes, changes and removes, and puts in what was made by its bulkId, whichever comes first", async () => {
    const directory = await withDirectory(t);
    const { scim, newUser, addressed } = directory;
    const [old, kept] = [await newUser(), await newUser()];
    const version = (await scim("GET", `/Users/${kept.id}`)).headers.get("etag")!;
    const answer = await send(directory, [
      {
        method: "POST",
        path: "/Groups",
        bulkId: "ytrewq",
        data: { schemas: [GROUP], displayName: "Tour Guides", members: [{ type: "User", value: "bulkId:qwerty" }] },
      },
      { method: "POST", path: "/Users", bulkId: "qwerty", data: user(addressed("alice")) },
      {
        method: "PATCH",
        path: `/Users/${kept.id}`,
        version,
        data: { schemas: [PATCH], Operations: [{ op: "replace", path: "displayName", value: "Bob" }] },
      },
      {
        method: "PATCH",
        path: "/Groups/bulkId:ytrewq",
        data: { schemas: [PATCH], Operations: [{ op: "add", path: "members", value: [{ value: kept.id }] }] },
      },
      { method: "DELETE", path: `/Users/${old.id}` },
    ]);
    expect([answer.status, statuses(answer)]).toEqual([200, ["201", "201", "200", "200", "204"]]);
    expect(answer.body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]);
    const [group, alice, changed] = answer.body.Operations;
    expect([group.bulkId, alice.bulkId, changed.bulkId]).toEqual(["ytrewq", "qwerty", undefined]);
    expect(alice).toMatchObject({
      method: "POST",
      location: expect.stringMatching(/\/Users\/[0-9a-f-]{36}$/),
      version: expect.stringMatching(/^W\//),
    });
    const read = await scim("GET", `/Groups/${group.location.split("/").at(-1)}`);
    const ids = read.body.members.map(({ value }: { value: string }) => value).sort();
    expect(ids).toEqual([alice.location.split("/").at(-1), kept.id].sort());
    expect((await scim("GET", `/Users/${kept.id}`)).body.displayName).toBe("Bob");
    expect((await scim("GET", `/Users/${old.id}`)).status).toBe(404);
  });

  it("keeps what went well beside what failed, and ends after as many errors as are said", async () => {
    const directory = await withDirectory(t);
    const { scim, newUser, addressed } = directory;
    const there = await newUser();
    const [first, second] = [addressed("one"), addressed("two")];
    const operations = [
      { method: "POST", path: "/Users", bulkId: "1", data: user(first) },
      { method: "POST", path: "/Users", bulkId: "2", data: user(there.userName) },
      {
        method: "POST",
        path: "/Groups",
        bulkId: "3",
        data: { schemas: [GROUP], displayName: "Left", members: [{ value: "bulkId:2" }] },
      },
      { method: "POST", path: "/Users", bulkId: "4", data: user(second) },
    ];
    const ended = await send(directory, operations, { failOnErrors: 1 });
    expect([ended.status, statuses(ended)]).toEqual([200, ["201", "409"]]);
    expect(ended.body.Operations[1]).toMatchObject({
      bulkId: "2",
      response: { scimType: "uniqueness", status: "409" },
    });
    const whole = await send(directory, operations.slice(1));
    expect(statuses(whole)).toEqual(["409", "409", "201"]);
    const all = await scim("GET", "/Users");
    expect(all.body.totalResults).toBe(3);
    expect((await scim("GET", '/Groups?filter=displayName eq "Left"')).body.totalResults).toBe(0);
  });

  it("refuses each that is none, a circle, a state that has changed, and more than it says", async () => {
    const directory = await withDirectory(t);
    const { id } = await directory.newUser();
    const group = (name: string, member: string) => ({
      schemas: [GROUP],
      displayName: name,
      members: [{ value: `bulkId:${member}` }],
    });
    const answer = await send(directory, [
      { method: "GET", path: `/Users/${id}` },
      { method: "POST", path: "/Users", data: user("kim@example.com") },
      { method: "POST", path: "/Bulk", bulkId: "a", data: {} },
      { method: "PATCH", path: "/Users/../Groups", data: {} },
      { method: "DELETE", path: "/Users" },
      { method: "POST", path: "/Groups", bulkId: "b", data: group("B", "c") },
      { method: "POST", path: "/Groups", bulkId: "c", data: group("C", "b") },
      { method: "DELETE", path: `/Users/${id}`, version: 'W/"older"' },
    ]);
    expect(statuses(answer)).toEqual(["400", "400", "400", "400", "400", "409", "409", "412"]);
    expect((await directory.scim("GET", `/Users/${id}`)).status).toBe(200);
    const many = await send(
      directory,
      Array.from({ length: 101 }, () => ({ method: "DELETE", path: `/Users/${id}` })),
    );
    expect([many.status, many.body.scimType]).toEqual([413, "tooMany"]);
    expect((await send(directory, [])).body.scimType).toBe("invalidSyntax");
    directory.use(`${directory.token.slice(0, -1)}${directory.token.endsWith("x") ? "y" : "x"}`);
    expect((await send(directory, [{ method: "DELETE", path: `/Users/${id}` }])).status).toBe(401);
  });
});
