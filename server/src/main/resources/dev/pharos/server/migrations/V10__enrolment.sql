-- SPDX-License-Identifier: Apache-2.0
-- With what devices come the first time, to get a certificate of their own: a login that a batch shares (the SHA-256 of
-- a random password), or a certificate (DER), that of an authority or the one that is shown.
create table bootstraps (
    name        text collate "C" primary key,
    devices     text not null,
    most        integer not null,
    approves    boolean not null,
    until       timestamptz not null,
    secret      bytea,
    certificate bytea,
    created     timestamptz not null,
    created_by  text not null
);

-- Devices that have got a certificate of their own, each its last. "key" is the SHA-256 of the public key, "bootstrap" is
-- empty where the device had a certificate before it came.
create table enrolments (
    device_no bigint primary key references devices (no) on delete cascade,
    bootstrap text collate "C" not null,
    key       bytea not null,
    serial    text not null,
    until     timestamptz not null,
    enrolled  timestamptz not null
);

create index enrolments_bootstrap on enrolments (bootstrap);

-- Devices that an operator lets enrol although they have a credential of their own already.
create table enrolment_openings (
    device_no bigint primary key references devices (no) on delete cascade,
    until     timestamptz not null
);
