-- SPDX-License-Identifier: Apache-2.0
-- Queries for devices that somebody has given a name.
create table device_groups (
    name        text primary key,
    query       text not null,
    description text not null,
    changed     timestamptz not null,
    changed_by  text not null
);
