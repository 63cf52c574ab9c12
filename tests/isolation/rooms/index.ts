import type { RoomIsolation } from "../room";
import { assets } from "./assets";
import { comments } from "./comments";
import { events } from "./events";
import { planning } from "./planning";
import { review } from "./review";
import { search } from "./search";
import { transfer } from "./transfer";
import { versions } from "./versions";

export const ROOMS: RoomIsolation[] = [versions, planning, assets, comments, review, search, events, transfer];
