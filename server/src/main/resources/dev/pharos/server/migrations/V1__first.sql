-- SPDX-License-Identifier: Apache-2.0
-- Everything the server keeps. Text columns that are compared or sorted use the C collation: code point order, as Java compares.

create table devices (
    id                text collate "C" primary key,
    no                bigint generated always as identity unique,
    approved          boolean not null,
    verified          boolean not null,
    status            text not null,
    status_reason     text not null,
    transport         text not null,
    address           text not null,
    manufacturer      text not null,
    oui               text not null,
    model_name        text collate "C" not null,
    product_class     text not null,
    serial_number     text not null,
    hardware_version  text not null,
    software_version  text not null,
    first_seen        timestamptz not null,
    last_seen         timestamptz not null,
    protocol_versions text not null,
    model_hash        text not null,
    parameter_count   integer not null,
    onboarded         boolean not null,
    tags              text[] not null,
    search_text       text not null
) with (fillfactor = 80);

create index devices_last_seen on devices (last_seen, id);
create index devices_model_name on devices (model_name, id);
create index devices_present on devices (id) where status <> 'OFFLINE';

-- One row for each object of each device: a row for each parameter would be a thousand a device, one document for each device would be
-- rewritten whole with every value change. "parameters" maps a name to [value, milliseconds since 1970, source, secured].
create table twin (
    device_no   bigint not null references devices (no) on delete cascade,
    object_path text collate "C" not null,
    parameters  jsonb not null,
    primary key (device_no, object_path)
) with (fillfactor = 80);

create sequence event_seq;

create table events (
    seq             bigint not null,
    time            timestamptz not null,
    device          text collate "C",
    kind            text not null,
    path            text not null,
    name            text not null,
    value           text not null,
    args            jsonb not null,
    subscription_id text not null,
    text            text not null,
    primary key (seq, time)
) partition by range (time);

create index events_device on events (device, seq);
create index events_time on events (time);

-- What makes a notification that is sent twice one event. Beside the events, since a key of a partitioned table would have to hold the time.
create table event_keys (
    key  bytea primary key,
    seq  bigint not null,
    time timestamptz not null
);

create index event_keys_time on event_keys (time);

create table supported_models (
    hash            text primary key,
    encoded         bytea not null,
    parameter_count integer not null
);

create table model_keys (
    key              bytea primary key,
    manufacturer     text not null,
    model_name       text not null,
    hardware_version text not null,
    software_version text not null,
    hash             text not null references supported_models (hash)
);

-- Only the hash of a token is kept.
create table tokens (
    id         text primary key,
    name       text not null,
    hash       bytea not null unique,
    created    timestamptz not null,
    created_by text not null
);

create table audit (
    seq       bigint generated always as identity primary key,
    time      timestamptz not null,
    user_name text not null,
    action    text not null,
    device    text not null,
    detail    text not null
);

-- Answers to requests that carried an Idempotency-Key. A row without a status is a request that still runs, or was cut off.
create table idempotency (
    key          bytea primary key,
    request_hash bytea not null,
    time         timestamptz not null,
    status       integer,
    content_type text,
    body         bytea
);

create index idempotency_time on idempotency (time);
