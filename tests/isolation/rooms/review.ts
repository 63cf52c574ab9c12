import { EDITORS, each, GUESTS, INSIDE, names } from "../actors";
import type { RoomIsolation } from "../room";
import {
  authorOf,
  guest,
  hashOf,
  inPlace,
  ofItem,
  type Place,
  person,
  q,
  type Row,
  ref,
  workspace,
} from "../vocabulary";
import { REVIEW_CASES } from "./review-cases";
import { surroundings } from "./review-stage";

const by = (place: Place) => person(authorOf(place));
const ofLink = (place: Place): Row => ({ workspace_id: workspace(place), link_id: ref(place, "link") });

const link = (place: Place): Row => ({
  ...inPlace(place, "link"),
  token_hash: hashOf(place, "link"),
  created_by: by(place),
});
const linkItem = (place: Place): Row => ({
  ...ofLink(place),
  content_item_id: ref(place, "draft"),
  added_by: by(place),
});
const theGuest = (place: Place): Row => ({ ...ofLink(place), id: guest(place), token_hash: hashOf(place, "guest") });
const key = (place: Place): Row => ({ ...inPlace(place, "guest's key"), guest_id: guest(place) });
const receipt = (place: Place): Row => ({
  ...inPlace(place, "receipt"),
  ...ofLink(place),
  ...ofItem(place, "agreed"),
  guest_id: guest(place),
  submission_id: ref(place, "submission of agreed"),
  approval_id: ref(place, "step 1 of agreed"),
  content_hash: q("0".repeat(64)),
  decision: q("Approved"),
});

export const review: RoomIsolation = {
  expectations: {
    "public.review_links": {
      select: [...INSIDE, "Guest"],
      readable: names(
        "workspace_id id name message passcode_salt can_comment can_decide expires_at revoked_at created_by created_at updated_at",
      ),
      insert: {
        columns: names(
          "workspace_id id name message token_hash passcode_salt passcode_check can_comment can_decide expires_at created_by",
        ),
        by: EDITORS,
        signed: ["created_by"],
      },
      update: each(
        "name message passcode_salt passcode_check can_comment can_decide expires_at revoked_at updated_at",
        EDITORS,
      ),
      given: ["created_at"],
      notForKeys: { insert: true },
      client: { readable: names("workspace_id id name message can_comment can_decide expires_at revoked_at") },
    },
    "public.review_link_items": {
      select: [...INSIDE, "Guest"],
      insert: { columns: names("workspace_id link_id content_item_id added_by"), by: EDITORS, signed: ["added_by"] },
      update: each("added_at removed_at", EDITORS),
      client: { readable: names("workspace_id link_id content_item_id added_at removed_at") },
    },
    // Of themselves alone: what others are called is told by a function.
    "public.review_guests": {
      select: [...INSIDE, "Guest"],
      readable: names("workspace_id id link_id name email opened_at"),
      given: names("workspace_id id link_id name email token_hash passcode_salt opened_at"),
      client: { readable: names("workspace_id id name email") },
    },
    "public.review_passcode_tries": "closed",
    // A client's alone: members have theirs elsewhere.
    "public.review_idempotency_keys": {
      select: ["Guest"],
      readable: [],
      given: names("id created_at"),
      client: {
        readable: names("workspace_id id guest_id key fingerprint status response created_at"),
        insert: { columns: names("workspace_id guest_id key fingerprint"), by: GUESTS, signed: ["guest_id"] },
        update: each("status response", ["Guest"]),
      },
    },
    "public.review_receipts": {
      select: [...INSIDE, "Guest"],
      client: {
        readable: names(
          "workspace_id id link_id guest_id content_item_id version_number submission_id approval_id content_hash decision comment jws at",
        ),
        insert: {
          columns: names(
            "workspace_id id link_id guest_id content_item_id version_number submission_id approval_id content_hash decision comment jws at",
          ),
          by: ["Guest"],
          signed: ["guest_id"],
        },
      },
    },
  },
  rows: {
    review_links: link,
    review_link_items: linkItem,
    review_guests: theGuest,
    review_idempotency_keys: key,
    review_receipts: receipt,
  },
  fresh: {
    review_links: (place, me) => ({ ...link(place), token_hash: hashOf("new link"), created_by: me }),
    review_link_items: (place, me) => ({
      ...linkItem(place),
      content_item_id: ref(place, "unopened"),
      added_by: me,
    }),
    review_idempotency_keys: (place, me) => ({ workspace_id: workspace(place), guest_id: me, key: q("new") }),
    review_receipts: (place, me) => ({
      ...receipt(place),
      approval_id: "null",
      decision: q("Held"),
      guest_id: me,
    }),
  },
  changes: {
    review_links: {
      passcode_salt: () => "passcode_salt = 'x', passcode_check = 'x'",
      passcode_check: () => "passcode_salt = 'x', passcode_check = 'x'",
    },
  },
  surroundings,
  cases: REVIEW_CASES,
  openFunctions: {
    "app.guest_id": "tells the entered scope",
    "app.acting_workspace_id": "tells the entered scope",
    "app.enter_guest": "an entry: takes the tokens of a live link and of a guest of it",
    "app.open_review": "an entry: takes a live link's token and the proof of its passcode, and counts the wrong ones",
    "app.review_passcode_salt": "takes a live link's token, and tells what opens nothing",
    "app.deciding_review_links": "reads with the rights of whoever asks",
    "app.review_guest_name": "reads with the rights of whoever asks",
  },
  clientFunctions: {
    "app.workspace_id": "tells the entered scope",
    "app.visited_workspace_id": "tells the entered scope",
    "app.user_id": "tells the entered scope",
    "app.person_id": "tells the entered scope",
    "app.role": "tells the entered scope",
    "app.guest_workspace_id": "tells the entered scope",
    "app.guest_id": "tells the entered scope",
    "app.guest_link_id": "tells the entered scope",
    "app.acting_workspace_id": "tells the entered scope",
    "app.guest_items": "asks for a guest's scope, and tells the items of the link",
    "app.guest_submissions": "asks for a guest's scope, and tells what was put before the client",
    "app.guest_may": "reads with the rights of whoever asks",
    "app.decided_step": "reads with the rights of whoever asks",
    "app.hold_review_link": "asks for a guest's scope, and locks its link",
    "app.lock_item": "asks for a guest's scope, and locks an item of its link only",
    "app.settle_item": "asks for a guest's scope, and lets an item of its link follow what was decided",
    "app.review_names": "asks for a guest's scope, and tells names of who wrote or decided what the guest reads",
    "app.review_channels": "asks for a guest's scope, and tells the channels of what the guest reads",
    "app.hold_reviewed": "asks for a guest who may decide, and holds what was approved by the link",
    "app.all_steps_approved": "asks for a guest's scope, and answers yes or no",
  },
};
