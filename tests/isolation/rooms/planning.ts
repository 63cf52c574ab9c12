import type { RoomIsolation } from "../room";

export const planning: RoomIsolation = { expectations: {}, rows: {} };
