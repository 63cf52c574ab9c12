import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { APPLICATION_PATHS, hostNameOf, hostNameOfHeader, isApplicationPath, originAt } from "@/platform/host";
import { DOMAIN_PROBLEMS, DOMAIN_STATUSES } from "./contract";
import { afterCheck, FAILURES_TO_LOSE, type Finding, findingOf, nextCheckMs, STATES } from "./policy";

describe("a host's name", () => {
  it("is compared in one form", () => {
    for (const written of [
      "Client.Example",
      "client.example.",
      " CLIENT.EXAMPLE ",
      "ＣＬＩＥＮＴ．example",
      "client。example",
    ])
      expect([written, hostNameOf(written)]).toEqual([written, "client.example"]);
    expect(hostNameOf("bücher.example")).toBe("xn--bcher-kva.example");
    expect(hostNameOf("BÜCHER.example")).toBe("xn--bcher-kva.example");
    expect(hostNameOf("xn--bcher-kva.example")).toBe("xn--bcher-kva.example");
  });

  it("is no address in numbers, no single word, nothing of the machine or its network, and no URL", () => {
    for (const written of [
      "",
      ".",
      "client",
      "localhost",
      "a.localhost",
      "localhost.",
      "printer.local",
      "db.internal",
      "1.168.192.in-addr.arpa",
      "127.0.0.1",
      "127.1",
      "0x7f.1",
      "2130706433",
      "10.0.0.0x1",
      "[::1]",
      "::1",
      "client.example:443",
      "client.example/path",
      "user@client.example",
      "https://client.example",
      "client.example?x",
      "client.example#x",
      "client..example",
      "-client.example",
      "client-.example",
      "client_x.example",
      "*.client.example",
      "client.example\n",
      "cli ent.example",
      "client.example\\@evil.example",
      "client%2eexample",
      `${"a".repeat(64)}.example`,
      `${"a.".repeat(120)}example`,
    ])
      if (written.trim() === written) expect([written, hostNameOf(written)]).toEqual([written, undefined]);
  });

  it("is read from a header as strictly", () => {
    expect(hostNameOfHeader("Client.Example:8443")).toBe("client.example");
    expect(hostNameOfHeader("client.example.")).toBe("client.example");
    for (const header of [
      undefined,
      null,
      "",
      "localhost:3000",
      "127.0.0.1",
      "a.example, b.example",
      "a.example@b.example",
      "a.example:x",
      "a.example/../b.example",
      "a.example b.example",
      "bücher.example",
    ])
      expect([header, hostNameOfHeader(header)]).toEqual([header, undefined]);
  });

  it("is reached as the deployment is", () => {
    expect(originAt("https://content.example.com", "client.example")).toBe("https://client.example");
    expect(originAt("http://localhost:3000", "client.example")).toBe("http://client.example:3000");
    expect(originAt("https://content.example.com", null)).toBe("https://content.example.com");
  });

  it("leaves to the application what it has pages for", () => {
    const pages = readdirSync("src/app", { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(pages.length).toBeGreaterThan(5);
    for (const { name } of pages) expect([name, APPLICATION_PATHS.has(name)]).toEqual([name, true]);
    for (const path of ["/api/v1/me", "/w/acme", "/sign-in?next=/x", "/_next/static/x.js"])
      expect([path, isApplicationPath(path)]).toEqual([path, true]);
    for (const path of ["/", "", "/spring", "/sign-in-now", "/apiary", "//api/v1", "/%61pi/v1"])
      expect([path, isApplicationPath(path)]).toEqual([path, false]);
  });
});

describe("the states of a domain", () => {
  const findings: Finding[] = ["Found", ...DOMAIN_PROBLEMS];

  it("are all in the table, and a record makes any of them verified", () => {
    expect(Object.keys(STATES).sort()).toEqual([...DOMAIN_STATUSES].sort());
    for (const status of DOMAIN_STATUSES) {
      expect(Object.keys(STATES[status]).sort()).toEqual([...findings].sort());
      for (const by of ["Person", "Clock"] as const)
        expect(afterCheck({ status, failures: 2 }, "Found", by)).toEqual({ status: "Verified", failures: 0 });
    }
  });

  it("change by nothing but a record, and by a record that the clock misses for the last time", () => {
    const walked = DOMAIN_STATUSES.flatMap((status) =>
      findings.flatMap((finding) =>
        (["Person", "Clock"] as const).flatMap((by) =>
          Array.from({ length: FAILURES_TO_LOSE }, (_, failures) => ({ status, finding, by, failures })),
        ),
      ),
    );
    const changed = walked.filter(
      ({ status, finding, by, failures }) => afterCheck({ status, failures }, finding, by).status !== status,
    );
    expect(changed.filter(({ finding }) => finding !== "Found")).toEqual([
      { status: "Verified", finding: "RecordMissing", by: "Clock", failures: FAILURES_TO_LOSE - 1 },
    ]);
    expect(walked).toHaveLength(54);
  });

  it("are looked at sooner where something is wrong", () => {
    expect(nextCheckMs({ status: "Verified", failures: 1 })).toBeLessThan(
      nextCheckMs({ status: "Verified", failures: 0 }),
    );
  });

  it("go by the whole text of a record, among any others", () => {
    expect(findingOf(null, "t")).toBe("NoAnswer");
    expect(findingOf([], "t")).toBe("RecordMissing");
    expect(findingOf(["v=spf1 -all", "contentos=t"], "t")).toBe("Found");
    for (const text of ["contentos=tt", "t", "contentos=", "xcontentos=t"])
      expect(findingOf([text], "t")).toBe("RecordMissing");
  });
});
