-- SPDX-License-Identifier: Apache-2.0
-- A login that was written into a device over TR-069, for its move to USP: it ends when the device goes back.
alter table device_logins add column by_move boolean not null default false;
