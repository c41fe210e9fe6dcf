-- SPDX-License-Identifier: Apache-2.0
-- What the first page asks for every few seconds, whatever else the fleet tells: starts of devices, who was refused, and who waits.
create index events_boots on events (time, device) where name = 'Boot!';
create index events_refused on events (time) where kind = 'REFUSED';
create index devices_waiting on devices (id) where not approved;
