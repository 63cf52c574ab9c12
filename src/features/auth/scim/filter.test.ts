import { describe, expect, it } from "vitest";
import { type Resource, readFilter } from "./filter";
import { matches, readSort, sorted } from "./matching";

const bjensen = {
  id: "2819c223-7f76-453a-919d-413861904646",
  userName: "bjensen@example.com",
  displayName: "Babs Jensen",
  name: { formatted: "Ms. Barbara J Jensen", familyName: "O'Malley", givenName: "Barbara" },
  active: true,
  emails: [{ value: "bjensen@example.com", type: "work", primary: true }],
  groups: [
    { value: "e9e30dba-f08f-4109-8486-d5c6a331660a", display: "Tour Guides" },
    { value: "fc348aa8-3835-40eb-a20b-c726e15c55b5", display: "Employees" },
  ],
  roles: [{ value: "Writer", primary: true }],
  meta: { created: "2011-05-13T04:42:34.000Z", lastModified: "2011-05-13T04:42:34.000Z" },
};
const holds = (filter: string, resource: Resource = "User", shown: object = bjensen) =>
  matches(readFilter(filter, resource)!, shown as never);

describe("a filter, by the examples of RFC 7644, 3.4.2.2", () => {
  it.each([
    ['userName Eq "bjensen@example.com"', true],
    ['userName eq "BJENSEN@example.com"', true],
    [`name.familyName co "O'Malley"`, true],
    ['userName sw "J"', false],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "B"', true],
    ["displayName pr", true],
    ["externalId pr", false],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', false],
    ['meta.lastModified ge "2011-05-13T04:42:34Z"', true],
    ['meta.lastModified lt "2011-05-13T06:42:34+01:00"', true],
    ['meta.lastModified le "2011-05-13T04:42:34Z"', true],
    ['displayName pr and userName eq "nobody@example.com"', false],
    ['externalId pr or userName ew "@example.com"', true],
    ['userName eq "bjensen@example.com" and (emails co "example.com" or emails.value co "example.org")', true],
    ['userName ne "bjensen@example.com" and not (emails co "example.com" or emails.value co "example.org")', false],
    ['not (emails co "example.org")', true],
    ['active eq true and (emails.type eq "work")', true],
    ['active eq true and emails[type eq "work" and value co "@example.com"]', true],
    ['emails[type eq "work" and value co "@example.com"] or groups[display co "nobody"]', true],
    ['emails[type eq "home" or value ew ".org"]', false],
    ['groups[value eq "fc348aa8-3835-40eb-a20b-c726e15c55b5" and display eq "tour guides"]', false],
    ['groups[display sw "tour"]', true],
    ['emails[type eq "work"].value eq "bjensen@example.com"', true],
    ['emails[type eq "home"].value eq "bjensen@example.com" or externalId pr', false],
    // `and` binds before `or`, whichever comes first.
    ['active eq true or active eq false and userName eq "x"', true],
    ['(active eq true or active eq false) and userName eq "x"', false],
    ['externalId ne "701984"', true],
    ["externalId eq null", true],
    ["displayName ne null", true],
    ['id eq "2819C223-7F76-453A-919D-413861904646"', false],
    ['displayName gt "Aa" and displayName lt "Bz"', true],
    ['displayName eq "a \\"quoted\\" name"', false],
  ])("%s: %s", (filter, expected) => expect(holds(filter)).toBe(expected));

  it.each([
    "",
    "userName",
    "userName eq",
    'userName is "x"',
    'userName eq "x',
    "userName eq x",
    "userName eq 1",
    'userName eq "a" and',
    'userName eq "a" "b"',
    'userName eq "a") or (id pr',
    '(userName eq "a"',
    'not userName eq "a"',
    'active gt "true"',
    "active gt true",
    'active co "t"',
    'active eq "true"',
    "userName gt null",
    'meta.created eq "yesterday"',
    'meta.created co "2011"',
    'password eq "a"',
    'userType eq "Employee"',
    'emails[password eq "a"]',
    'emails[type eq "work"',
    'emails[type eq "work"].password eq "a"',
    '.value eq "a"',
    'userName[type eq "work"]',
    'emails[groups[value pr] eq "x"]',
    'userName eq "a"; drop table users',
    `${"(".repeat(30)}active eq true${")".repeat(30)}`,
    `userName eq "${"x".repeat(2_000)}"`,
  ])("is refused: %s", (filter) => {
    expect(() => readFilter(filter, "User")).toThrow(
      expect.objectContaining({ status: 400, scimType: "invalidFilter" }),
    );
  });

  it("knows which attributes which resource has", () => {
    expect(holds('members[value eq "x"]', "Group", { members: [{ value: "x" }] })).toBe(true);
    expect(() => readFilter('members eq "x"', "User")).toThrow();
    expect(() => readFilter('userName eq "x"', "Group")).toThrow();
  });
});

describe("a sort, by RFC 7644, 3.4.2.3", () => {
  const all = [{ userName: "b" }, {}, { userName: "A" }, { userName: "c" }];
  const by = (order?: string) => sorted(all, readSort("userName", order, "User")!).map(({ userName }) => userName);
  it("goes by letters without their case, and has what is without a value last, or first downwards", () => {
    expect(by()).toEqual(["A", "b", "c", undefined]);
    expect(by("descending")).toEqual([undefined, "c", "b", "A"]);
    expect(() => readSort("password", undefined, "User")).toThrow(expect.objectContaining({ scimType: "invalidPath" }));
    expect(() => readSort("id", "up", "User")).toThrow(expect.objectContaining({ scimType: "invalidValue" }));
  });
});
