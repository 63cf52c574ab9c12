import { createKeyring } from "@/platform/secrets";

/** Opens what the app under test has sealed. */
export const testKeyring = createKeyring("the tests' own master secret");
