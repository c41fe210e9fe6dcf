-- What waits for a second person, and what became of it. The work is forgotten once it is decided.
create table approvals (
    id bigint generated always as identity primary key,
    state text not null,
    kind text not null,
    work text not null,
    fingerprint bytea not null,
    what text not null,
    devices bigint not null,
    steps text[] not null,
    examples text[] not null,
    asked_by text not null,
    behind text[] not null,
    asked timestamptz not null,
    expires timestamptz not null,
    decided_by text not null default '',
    decided timestamptz,
    reason text not null default '',
    jobs bigint[] not null default '{}'
);
create unique index approvals_once on approvals (fingerprint) where state = 'WAITING';
create index approvals_due on approvals (expires) where state = 'WAITING';

-- When a second person is needed; one row, or none where nobody has said anything.
create table approval_rules (
    only_row boolean primary key default true check (only_row),
    applies text not null,
    devices integer not null,
    hours integer not null
);
