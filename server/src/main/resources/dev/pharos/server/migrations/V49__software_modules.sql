-- SPDX-License-Identifier: Apache-2.0
-- Software modules are kept where firmware images are: their files, links and numbers are of the same row. What is known of a module beyond that
-- stands in "software_modules": what its UUID is, who has signed it ("signer" is empty where nobody has), and what it needs of a device.
alter table firmware_images add column kind text not null default 'firmware';
alter table firmware_images add column vendor text not null default '';
alter table firmware_images drop constraint firmware_images_name_version_key;
alter table firmware_images add constraint firmware_images_once unique (kind, vendor, name, version);

create table software_modules (
    image         bigint primary key references firmware_images (id) on delete cascade,
    uuid          text not null,
    signer        text not null,
    signature     bytea,
    environment   text not null,
    architectures text[] not null,
    memory        bigint not null,
    disk          bigint not null,
    dependencies  text[] not null
);
