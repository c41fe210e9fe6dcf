-- SPDX-License-Identifier: Apache-2.0
-- Keys from which the server derives what it need not keep for each device, made at the first need.
create table server_keys (
    name   text collate "C" primary key,
    secret bytea not null
);
