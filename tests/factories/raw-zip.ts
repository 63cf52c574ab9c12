import { crc32, deflateRawSync } from "node:zlib";

export type RawEntry = {
  name: string | Buffer;
  data?: Buffer;
  /** As it stands in the archive, where that is not the data deflated. */
  deflated?: Buffer;
  /** What the headers claim. */
  claims?: { uncompressedSize?: number; compressedSize?: number; crc?: number };
  /** The Unix mode, such as 0o120777 for a link. */
  mode?: number;
  encrypted?: boolean;
  offset?: number;
};

/** A zip as no tool writes it: every byte of its headers is the caller's (APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16). */
export function rawZip(entries: RawEntry[], { count = entries.length }: { count?: number } = {}): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { data = Buffer.alloc(0), claims = {}, mode = 0o100644, encrypted = false } = entry;
    const name = Buffer.from(entry.name);
    const deflated = entry.deflated ?? deflateRawSync(data);
    const crc = claims.crc ?? crc32(data);
    const compressedSize = claims.compressedSize ?? deflated.length;
    const uncompressedSize = claims.uncompressedSize ?? data.length;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800 | (encrypted ? 1 : 0), 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(0, 6);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(compressedSize, 14);
    common.writeUInt32LE(uncompressedSize, 18);
    common.writeUInt16LE(name.length, 22);
    const header = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, name]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(entry.offset ?? offset, 10);
    // Version made by: Unix.
    central.push(Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 3]), common, rest, name]));
    local.push(header, deflated);
    offset += header.length + deflated.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, ...(count > 0xfffe ? zip64(count, directory.length, offset) : []), end]);
}

/** Where a count or an offset doesn't fit (4.3.14 and 4.3.15). */
function zip64(count: number, directoryBytes: number, directoryOffset: number): Buffer[] {
  const record = Buffer.alloc(56);
  record.write("PK\u0006\u0006", "latin1");
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(20);
  locator.write("PK\u0006\u0007", "latin1");
  locator.writeBigUInt64LE(BigInt(directoryOffset + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator];
}
