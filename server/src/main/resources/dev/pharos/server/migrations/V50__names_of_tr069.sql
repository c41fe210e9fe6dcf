-- SPDX-License-Identifier: Apache-2.0
-- What devices are called over TR-069, by organisation, product class and serial number, that are known by another Endpoint ID; and what of
-- that they must say over USP too.
create table cwmp_names (
    name          text collate "C" primary key,
    device_no     bigint not null references devices (no) on delete cascade,
    oui           text not null,
    serial_number text not null,
    since         timestamptz not null
);

create index cwmp_names_device on cwmp_names (device_no);
