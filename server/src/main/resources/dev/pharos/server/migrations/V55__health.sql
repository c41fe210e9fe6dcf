-- How a device is, 0 to 100, as of the last look at the fleet; null where it was not read yet. Not indexed: what changes with every look would then be
-- written anew in every index of the table.
alter table devices add column health smallint check (health between 0 and 100);
