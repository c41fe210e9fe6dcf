-- SPDX-License-Identifier: Apache-2.0
-- What the first page draws over time: who came, who was lost, who was refused and what started, whatever else the fleet tells.
create index events_fleet on events (time) where kind in ('ONLINE', 'OFFLINE', 'REFUSED') or name = 'Boot!';
