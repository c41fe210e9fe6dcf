-- SPDX-License-Identifier: Apache-2.0
-- With what a device of TR-069 has to show who it is, where somebody has said so: 'either', 'certificate' or 'both'.
create table cwmp_proofs (
    device_no bigint primary key references devices (no) on delete cascade,
    wanted    text not null check (wanted in ('either', 'certificate', 'both'))
);
