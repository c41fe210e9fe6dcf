-- SPDX-License-Identifier: Apache-2.0
-- Devices that we dial, at the WebSocket address where each listens.
create table dialled_devices (
    device_no bigint primary key references devices (no) on delete cascade,
    url       text not null
);
