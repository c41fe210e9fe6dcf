-- SPDX-License-Identifier: Apache-2.0
-- In which time zone somebody reads times; that of their browser where there is no row. It goes with its owner: a person,
-- or a token that the page was opened with.
create table time_zones (
    tenant smallint not null default coalesce(asking_tenant(), 0) references tenants (no),
    person text,
    token  text references tokens (id) on delete cascade,
    zone   text not null,
    check ((person is null) <> (token is null)),
    unique (tenant, person),
    unique (token),
    foreign key (tenant, person) references users (tenant, name) on delete cascade
);

alter table time_zones enable row level security;
create policy of_tenant on time_zones using (tenant = (select asking_tenant()));
