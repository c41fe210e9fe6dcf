-- SPDX-License-Identifier: Apache-2.0
-- Servers that work on this database now, each with its last sign of life; one that ends in order goes from here. Whom a server
-- has is told by "devices.server": its name, and "/" before it where it can reach the device no more and another may.
create table servers (
    name text collate "C" primary key,
    seen timestamptz not null
);

alter table devices add column server text collate "C";
