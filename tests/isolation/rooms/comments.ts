import type { RoomIsolation } from "../room";

export const comments: RoomIsolation = { expectations: {}, rows: {} };
