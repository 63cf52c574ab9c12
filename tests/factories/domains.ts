import type { Member } from "#tests/factories";
import { expectStatus } from "#tests/factories/approval";
import type { caller } from "#tests/harness/app";
import type { startDnsServer } from "#tests/harness/dns-server";

export type Dns = Awaited<ReturnType<typeof startDnsServer>>;
type Call = ReturnType<typeof caller>;
type Proof = { name: string; value: string };

export async function addDomain(call: Call, admin: Member, host: string) {
  const { id, proof } = await expectStatus(call(admin, "POST", "/site/domains", { host }), 201);
  return { id: String(id), proof: proof as Proof };
}

/** Sets the record beside those that are there. */
export const setRecord = (dns: Dns, { name, value }: Proof) =>
  dns.texts.set(name, [...(dns.texts.get(name) ?? []), value]);

/** Claimed, with its record in DNS, and verified. */
export async function verifiedDomain(call: Call, dns: Dns, admin: Member, host: string) {
  const domain = await addDomain(call, admin, host);
  setRecord(dns, domain.proof);
  await expectStatus(call(admin, "POST", `/site/domains/${domain.id}/verify`), 200);
  return domain;
}
