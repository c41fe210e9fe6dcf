-- SPDX-License-Identifier: Apache-2.0
-- What is looked for. A rule has either a query that holds ("holds_query"), or events that happen ("at_least"). With "share" (percent of the
-- rule's devices) it has one alarm for all of them, else one for each.
create table alarm_rules (
    id          bigint generated always as identity primary key,
    name        text collate "C" not null unique,
    severity    text not null,
    devices     text not null,
    holds_query text,
    lasting_s   integer not null,
    kinds       text[] not null,
    path        text not null,
    at_least    integer,
    within_s    integer not null,
    share       integer,
    note        text not null default '',
    changed     timestamptz not null,
    changed_by  text not null,
    next_look   timestamptz not null default to_timestamp(0)
);

-- Whom a rule's condition concerns since when; the empty subject is all of its devices together. "settled": a person has cleared its alarm, and
-- the next one waits until the condition has ended in between.
create table alarm_watch (
    rule    bigint not null references alarm_rules (id) on delete cascade,
    subject text collate "C" not null,
    since   timestamptz not null,
    settled boolean not null default false,
    primary key (rule, subject)
);

create table alarms (
    id          bigint generated always as identity primary key,
    rule        bigint references alarm_rules (id) on delete set null,
    rule_name   text collate "C" not null,
    severity    text not null,
    subject     text collate "C" not null,
    text        text not null,
    raised      timestamptz not null,
    assignee    text not null default '',
    muted_until timestamptz,
    cleared     timestamptz,
    cleared_by  text not null default ''
);

create unique index alarms_open on alarms (rule, subject) where cleared is null;
create index alarms_subject on alarms (subject, id);
create index alarms_cleared on alarms (cleared);

create table alarm_notes (
    alarm   bigint not null references alarms (id) on delete cascade,
    time    timestamptz not null,
    by_whom text not null,
    text    text not null
);

create index alarm_notes_alarm on alarm_notes (alarm, time);

-- What the history has not been told yet.
create table alarm_news (
    id      bigint generated always as identity primary key,
    time    timestamptz not null,
    alarm   bigint not null,
    what    text not null,
    subject text not null,
    args    jsonb not null,
    text    text not null
);
