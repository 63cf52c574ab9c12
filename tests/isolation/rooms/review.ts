import type { RoomIsolation } from "../room";

export const review: RoomIsolation = { expectations: {}, rows: {} };
