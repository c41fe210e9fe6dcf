-- SPDX-License-Identifier: Apache-2.0
-- Other systems that are told of events. "position" is the last event that was looked at for it; "kinds" empty means all. Its secret is
-- derived from a key of the server and "salt". While it is given a time again, "replay_after" to "replay_last" are the events left.
create table webhooks (
    id           bigint generated always as identity primary key,
    name         text collate "C" not null unique,
    url          text not null,
    kinds        text[] not null,
    query        text not null,
    path         text not null,
    insecure     boolean not null,
    paused       boolean not null default false,
    note         text not null default '',
    created      timestamptz not null,
    created_by   text not null,
    salt         bytea not null,
    old_salt     bytea,
    old_until    timestamptz,
    position     bigint not null,
    replay_after bigint,
    replay_last  bigint,
    replay_from  timestamptz,
    replay_to    timestamptz,
    failures     integer not null default 0,
    retry_at     timestamptz not null default to_timestamp(0),
    last_error   text not null default '',
    last_success timestamptz
);

-- What is to be delivered, and what became of it. One that is WAITING may be tried from "due" on: whoever takes it moves "due" behind the
-- time that a try lasts, so that another server takes it when this one died. "tries" tells a late answer from the one that counts.
create table webhook_deliveries (
    id         uuid primary key default gen_random_uuid(),
    webhook    bigint not null references webhooks (id) on delete cascade,
    seq        bigint not null,
    event_time timestamptz not null,
    body       text not null,
    state      text not null,
    tries      integer not null default 0,
    created    timestamptz not null,
    due        timestamptz not null,
    expires    timestamptz not null,
    tried      timestamptz,
    status     integer,
    answer     text not null default '',
    unique (webhook, seq)
) with (fillfactor = 80);

create index webhook_deliveries_due on webhook_deliveries (webhook, due, seq) where state = 'WAITING';
create index webhook_deliveries_state on webhook_deliveries (webhook, state, seq);
