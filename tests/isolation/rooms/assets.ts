import type { RoomIsolation } from "../room";

export const assets: RoomIsolation = { expectations: {}, rows: {} };
