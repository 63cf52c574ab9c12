import { describe, expect, it } from "vitest";
import { sentences } from "./de/sentences";
import { retelling } from "./sentences";

const retell = retelling(sentences);
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

describe("a sentence of the server", () => {
  it("is told in German, with what differs in its place", () => {
    expect(retell("The item was archived: restore it and reschedule, or cancel.")).toMatch(
      /^Der Beitrag wurde archiviert/,
    );
    expect(retell("Part 2 has 301 characters; Bluesky takes 300.")).toBe("Teil 2 hat 301 Zeichen; Bluesky nimmt 300.");
    expect(retell("The XML is broken at line 7: nothing after it was read.")).toContain("in Zeile 7");
  });

  it("is told whole where one stands within another", () => {
    expect(retell("It was not taken down: Bluesky answered 502.")).toBe(
      "Es wurde nicht heruntergenommen: Bluesky antwortete mit 502.",
    );
    expect(retell("Bluesky gave no answer. It was tried 5 times.")).toBe(
      "Bluesky gab keine Antwort. Versucht wurde es 5-mal.",
    );
  });

  it("goes by the one that says most, where several fit", () => {
    expect(retell("Harbour is Revoked: connect it again first.")).toContain("widerrufen");
    expect(retell("Harbour is Failing: connect it again first.")).toContain("nicht verbunden");
  });

  it("stays the server's where it is not known", () => {
    expect(retell("Something of a newer server.")).toBeUndefined();
    expect(retell("")).toBeUndefined();
  });

  it("names in German nothing that its English doesn't have", () => {
    const odd = Object.entries(sentences).filter(([english, german]) =>
      namesIn(german).some((name) => !namesIn(english).includes(name)),
    );
    expect(odd).toEqual([]);
  });
});
