import type { RoomIsolation } from "../room";

export const events: RoomIsolation = { expectations: {}, rows: {} };
