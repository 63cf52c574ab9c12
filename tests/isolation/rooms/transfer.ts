import type { RoomIsolation } from "../room";

export const transfer: RoomIsolation = { expectations: {}, rows: {} };
