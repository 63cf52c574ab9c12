import type { RoomIsolation } from "../room";
import { ai } from "./ai";
import { assets } from "./assets";
import { audit } from "./audit";
import { auth } from "./auth";
import { billing } from "./billing";
import { comments } from "./comments";
import { domains } from "./domains";
import { events } from "./events";
import { forwarding } from "./forwarding";
import { keys } from "./keys";
import { notifications } from "./notifications";
import { planning } from "./planning";
import { privacy } from "./privacy";
import { retention } from "./retention";
import { review } from "./review";
import { scim } from "./scim";
import { search } from "./search";
import { support } from "./support";
import { transfer } from "./transfer";
import { trials } from "./trials";
import { versions } from "./versions";
import { webhooks } from "./webhooks";
import { workspaceErasure } from "./workspace-erasure";

export const ROOMS: RoomIsolation[] = [
  auth,
  keys,
  scim,
  webhooks,
  forwarding,
  versions,
  planning,
  assets,
  comments,
  review,
  search,
  events,
  transfer,
  domains,
  trials,
  billing,
  ai,
  notifications,
  audit,
  retention,
  privacy,
  workspaceErasure,
  support,
];
