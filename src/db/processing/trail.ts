import type { Processing } from "./vocabulary";

/** What happened. */
export const trail: Processing = {
  audit_changes: {
    purpose: "What changed in which row, with bodies, secrets and people's names masked.",
    ids: "workspace_id id actor_id row_id",
    content: "before after",
    technical: "actor_kind login operation table_name",
    times: "at",
  },
  audit_checkpoints: {
    purpose: "Where the audit chain goes on after old rows have gone.",
    ids: "workspace_id",
    technical: "rows hash sequence proof before_proofs",
    times: "before at",
  },
  audit_events: {
    purpose: "Who did what and when: the evidence that clients ask for.",
    ids: "workspace_id id actor_id subject_id api_key_id",
    technical: "actor_kind action subject_type detail request_id",
    times: "at",
  },
  audit_seals: {
    purpose: "The chain of hashes over the audit log.",
    ids: "workspace_id row_id",
    technical: "kind hash sequence",
    times: "sealed_at",
  },
  events: {
    purpose: "What happened, for whoever follows; kept for 30 days.",
    ids: "workspace_id id subject_id actor_id",
    technical: "type turn payload",
    times: "at",
  },
  events_consumers: {
    purpose: "How far each consumer of events has come.",
    ids: "workspace_id event_id",
    technical: "consumer turn",
    times: "updated_at",
  },
  forwarding_destinations: {
    purpose: "Where a workspace has its audit log sent on, and how far that has come.",
    ids: "workspace_id id created_by claimed_by",
    content: "name url region bucket prefix",
    secret: "sealed_secret hint",
    technical: "kind status pause_reason sent_sequence pending_through failures last_error test_error",
    times:
      "paused_at sent_at failing_since next_at claimed_until test_asked_at tested_at created_at updated_at removed_at",
  },
  notifications: {
    purpose: "What somebody is told of; kept for 90 days.",
    ids: "workspace_id id user_id subject_id content_item_id actor_id delivery_id",
    technical: "kind source detail in_app",
    times: "created_at read_at digest_at",
    erasure: "removed",
  },
  notifications_deliveries: {
    purpose: "Which mail or message went out, and whether it came back; kept for 90 days.",
    ids: "workspace_id id user_id",
    person: "address",
    technical: "way kind source detail status attempts lost message",
    times: "due_at created_at updated_at sent_at",
    erasure: "removed",
  },
  notifications_preferences: {
    purpose: "How somebody wants to be told.",
    ids: "workspace_id user_id",
    technical: "language time_zone quiet_from quiet_until digest_hour digest_weekday choices",
    times: "unsubscribed_at updated_at",
    erasure: "removed",
  },
  retention_holds: {
    purpose: "Whether a workspace holds everything for a legal case.",
    ids: "workspace_id updated_by",
    content: "reason",
    times: "since updated_at",
  },
  retention_rules: {
    purpose: "For how long a workspace keeps what.",
    ids: "workspace_id updated_by",
    technical: "what days",
    times: "updated_at",
  },
  notifications_settings: {
    purpose: "How a workspace reminds and tells.",
    ids: "workspace_id",
    secret: "slack_sealed",
    technical: "remind_after_hours escalate_after_hours slack_topics",
    times: "slack_free_at updated_at",
  },
  notifications_stopped_addresses: {
    purpose: "Addresses that take no mail, as hashes.",
    secret: "address_hash",
    times: "stopped_at",
  },
  webhooks_attempts: {
    purpose: "What a webhook's receiver answered; kept for 30 days.",
    ids: "workspace_id delivery_id",
    technical: "number outcome status_code response error",
    times: "started_at ended_at",
  },
  webhooks_deliveries: {
    purpose: "Which event is told to which receiver; kept for 30 days.",
    ids: "workspace_id id endpoint_id event_id claimed_by",
    technical: "type data status tries",
    times: "occurred_at next_at claimed_until created_at ended_at",
  },
  webhooks_endpoints: {
    purpose: "Whom a workspace tells of its events.",
    ids: "workspace_id id created_by",
    content: "url description",
    secret: "sealed_secret previous_secret",
    technical: "event_types status pause_reason failures",
    times: "paused_at previous_until failing_since delivered_at created_at updated_at removed_at",
  },
  events_presence: {
    purpose: "Who has an item open right now; kept for an hour.",
    ids: "workspace_id content_item_id user_id client_id",
    technical: "state version_number field selection_start selection_end",
    times: "since seen_at left_at",
    erasure: "removed",
  },
};
