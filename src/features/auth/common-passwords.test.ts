import { describe, expect, it } from "vitest";
import { refuseCommon } from "./common-passwords";

const KIM = { email: "kim.example@example.com", name: "Kim Example" };
const issue = { code: "invalid_request", issues: [{ path: "password" }] };

describe("a password that is tried first", () => {
  it.each([
    "1234567890",
    "1q2w3e4r5t6y",
    "Password123!",
    "P4ssw0rd2024",
    "!!sunshine!!",
    "qwertyqwerty",
    "aaaaaaaaaaaa",
    "Liverpool1892",
    "kim.example@example.com",
    "Kim.Example99",
    "ContentOS2026!",
    "C0ntent-0S123",
  ])("%s is refused", async (password) => {
    await expect(refuseCommon(password, "password", KIM)).rejects.toMatchObject(issue);
  });

  it.each([
    "a long walk to the sea",
    "sunshine over the harbour",
    "Zx9!kdPq2m",
    "correct horse battery staple",
    "un café serré",
  ])("%s is none", async (password) => {
    await expect(refuseCommon(password, "password", KIM)).resolves.toBeUndefined();
  });
});
