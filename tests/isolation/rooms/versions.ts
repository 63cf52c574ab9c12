import type { RoomIsolation } from "../room";

export const versions: RoomIsolation = { expectations: {}, rows: {} };
