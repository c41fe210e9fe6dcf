-- SPDX-License-Identifier: Apache-2.0
-- How somebody wants to see the table of devices, under names of their own. They go with their owner: a person, or a
-- token that the page was opened with.
create table saved_views (
    tenant   smallint not null default coalesce(asking_tenant(), 0) references tenants (no),
    person   text,
    token    text references tokens (id) on delete cascade,
    name     text not null,
    query    text not null,
    shown    text not null,
    sort     text not null,
    columns  text[] not null,
    count_by text not null,
    changed  timestamptz not null,
    check ((person is null) <> (token is null)),
    unique (tenant, person, name),
    unique (token, name),
    foreign key (tenant, person) references users (tenant, name) on delete cascade
);

alter table saved_views enable row level security;
create policy of_tenant on saved_views using (tenant = (select asking_tenant()));
