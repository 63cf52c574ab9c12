import type { RoomIsolation } from "../room";

export const search: RoomIsolation = { expectations: {}, rows: {} };
