import { Problem } from "@contentos/sdk";
import { afterEach, describe, expect, test } from "vitest";
import { onProofAsked, withProof } from "./proof";

const refusal = (code: Problem["code"] = "proof_required") =>
  new Problem(403, code, "Show it.", [], { ways: ["Password"] });

/** Work that is refused as often as this, and then done. */
function refused(times: number, error: Error = refusal()) {
  const work = async () => {
    work.tries += 1;
    if (work.tries <= times) throw error;
    return "done";
  };
  work.tries = 0;
  return work;
}

describe("what asks for a proof", () => {
  let forget = () => {};
  afterEach(() => forget());

  test("is done once somebody has shown that it is them, and asked for once", async () => {
    const asked: unknown[] = [];
    forget = onProofAsked(async (ways) => asked.push(ways) > 0);
    expect(await withProof(refused(1))).toBe("done");
    expect(asked).toEqual([["Password"]]);
    await expect(withProof(refused(2))).rejects.toThrow("Show it.");
    expect(asked).toHaveLength(2);
  });

  test("stays refused where they would not, where nobody asks, and for any other reason", async () => {
    const declined = refused(1);
    forget = onProofAsked(async () => false);
    await expect(withProof(declined)).rejects.toThrow("Show it.");
    expect(declined.tries).toBe(1);
    forget();
    await expect(withProof(refused(1))).rejects.toThrow("Show it.");
    forget = onProofAsked(async () => true);
    await expect(withProof(refused(1, refusal("forbidden")))).rejects.toThrow("Show it.");
  });
});
