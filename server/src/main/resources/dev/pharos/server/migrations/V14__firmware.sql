-- SPDX-License-Identifier: Apache-2.0
-- Firmware images. Their bytes are files in the data folder, "file" names each there.
create table firmware_images (
    id          bigint generated always as identity primary key,
    name        text not null,
    version     text not null,
    file_name   text not null,
    size        bigint not null,
    sha256      bytea not null,
    devices     text not null,
    note        text not null,
    uploaded    timestamptz not null,
    uploaded_by text not null,
    file        uuid not null unique,
    unique (name, version)
);
