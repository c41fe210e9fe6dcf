// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.acs.CwmpNameStore.Union;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.server.store.TenantStore.StoredTenant;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A device that is given to another tenant takes along all that is known of it, whatever table that is in, and leaves
/// what others did with it.
final class DeviceTenantsTest {
    private static Database database;
    private static TenantStore tenants;
    private static DeviceTenants owners;
    private static Tenant brand;

    @BeforeAll
    static void two_tenants() {
        database = Database.open(TestDatabase.empty("device_tenants"));
        tenants = new TenantStore(database);
        owners = new DeviceTenants(database);
        brand = tenants.add("brand", "test", now()).orElseThrow().tenant();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static List<String> texts(String query) {
        return database.with(
                handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    private static long count(Tenant who, String from) {
        return who.within(
                () -> Long.parseLong(texts("select count(*) from " + from).getFirst()));
    }

    private static EndpointId device(String name) {
        EndpointId id = EndpointId.of("proto::" + name);
        Tenant.MAIN.within(() -> new PostgresDeviceStore(database).create(DeviceRecord.unseen(id, true, false, now())));
        return id;
    }

    private static TwinValue value(String value, Instant time) {
        return new TwinValue("Device.WiFi.Radio.1.Channel", value, false, time, TwinValue.Source.GET);
    }

    @Test
    void whatever_hangs_on_the_number_of_a_device_follows_it_by_a_reference_or_by_hand() {
        assertThat(texts("""
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'device_no'
                where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                    and not exists (select 1 from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'
                        and f.confrelid = 'devices'::regclass and f.conkey = array[a.attnum])
                """))
                .as("tables with the number of a device and no reference to it")
                .containsExactlyInAnyOrderElementsOf(DeviceTenants.WITHOUT_REFERENCE);
        assertThat(texts("select conrelid::regclass || '.' || conname from pg_constraint where contype = 'f'"
                        + " and confrelid = 'devices'::regclass and confupdtype <> 'c'"))
                .as("references to a device must be \"on update cascade\": its number changes with whose it is")
                .isEmpty();
    }

    @Test
    void a_device_takes_its_values_events_and_series_along_and_alarms_over_it_are_over() {
        EndpointId id = device("moves");
        Tenant.MAIN.within(() -> new SeriesStore(database, SeriesKeeping.DEFAULT)
                .keep(new SeriesStore.Kept("Device.WiFi.Radio.*.Channel", now(), "test")));
        PostgresTwinStore twins = new PostgresTwinStore(database);
        PostgresEventStore events = new PostgresEventStore(database);
        twins.put(id, List.of(value("36", now())));
        events.append(List.of(
                new NewEvent(DeviceEvent.of(now(), Optional.of(id), EventKind.WARNING, "before it was given"), "")));
        String no = "(select no from devices where id = 'proto::moves')";
        for (String statement : List.of(
                "insert into device_attributes values (" + no + ", 'room', 'attic')",
                "insert into profile_drift values (" + no + ", 'Device.X', 1, now(), now(), false)",
                "insert into alarms (rule_name, severity, subject, text, raised)"
                        + " values ('away', 'MAJOR', 'proto::moves', 'it is away', now())")) {
            database.with(handle -> handle.execute(statement));
        }
        assertThat(owners.move(id, brand)).isTrue();
        assertThat(owners.of(id)).contains(brand);
        for (String table : List.of("twin", "series", "series_unrolled", "device_attributes")) {
            assertThat(count(Tenant.MAIN, table)).as(table).isZero();
            assertThat(count(brand, table)).as(table).isEqualTo(1);
        }
        assertThat(Tenant.MAIN.within(() -> twins.find(id, "Device.WiFi.Radio.1.Channel")))
                .isEmpty();
        assertThat(brand.within(() -> twins.find(id, "Device.WiFi.Radio.1.Channel")))
                .map(TwinValue::value)
                .contains("36");
        assertThat(Tenant.MAIN.within(() -> events.newest(Optional.of(id), Long.MAX_VALUE, 10)))
                .isEmpty();
        assertThat(brand.within(() -> events.newest(Optional.of(id), Long.MAX_VALUE, 10)))
                .extracting(StoredEvent::event)
                .extracting(DeviceEvent::text)
                .containsExactly("before it was given");
        assertThat(count(brand, "profile_drift"))
                .as("what profiles of another wanted")
                .isZero();
        assertThat(count(brand, "alarms")).as("alarms are whose rule it was").isZero();
        assertThat(count(Tenant.MAIN, "alarms where subject = 'proto::moves' and cleared is null"))
                .isZero();
        assertThat(count(Tenant.MAIN, "alarms where subject = 'proto::moves' and cleared is not null"))
                .isEqualTo(1);
        // what it tells from now on
        twins.put(id, List.of(value("40", now().plusSeconds(1))));
        events.append(List.of(
                new NewEvent(DeviceEvent.of(now(), Optional.of(id), EventKind.WARNING, "after it was given"), "")));
        assertThat(count(Tenant.MAIN, "events where device = 'proto::moves'")).isZero();
        assertThat(count(brand, "events where device = 'proto::moves'")).isEqualTo(2);
        assertThat(brand.within(() -> twins.find(id, "Device.WiFi.Radio.1.Channel")))
                .map(TwinValue::value)
                .contains("40");
        assertThat(owners.move(id, brand)).as("again").isTrue();
        assertThat(owners.move(EndpointId.of("proto::nobody"), brand)).isFalse();
    }

    @Test
    void values_that_come_while_a_device_is_given_away_are_kept_with_it() throws Exception {
        EndpointId id = device("busy");
        PostgresTwinStore twins = new PostgresTwinStore(database);
        AtomicBoolean done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Integer> written = CompletableFuture.supplyAsync(
                    () -> {
                        int last = 0;
                        while (!done.get()) {
                            last++;
                            twins.put(id, List.of(value(Integer.toString(last), now().plusMillis(last))));
                        }
                        return last;
                    },
                    threads);
            try {
                for (int turn = 0; turn < 40; turn++) {
                    owners.move(id, turn % 2 == 0 ? brand : Tenant.MAIN);
                }
            } finally {
                done.set(true);
            }
            int last = written.get();
            assertThat(twins.find(id, "Device.WiFi.Radio.1.Channel"))
                    .map(TwinValue::value)
                    .contains(Integer.toString(last));
        }
        assertThat(texts("select device_no::text from twin t where not exists"
                        + " (select 1 from devices d where d.no = t.device_no)"))
                .as("values of a number that nobody has")
                .isEmpty();
    }

    @Test
    void records_of_two_tenants_are_never_one_device_and_what_was_one_before_stays_one() {
        PostgresDeviceStore devices = new PostgresDeviceStore(database);
        PostgresCwmpNames names = new PostgresCwmpNames(database, devices);
        EndpointId gone = device("gone");
        EndpointId stays = device("stays");
        Union union = new Union(gone, stays, true, Optional.empty(), true);
        owners.move(gone, brand);
        assertThat(names.mayBeOne(gone, stays)).isFalse();
        assertThat(names.unite(union, now())).isFalse();
        owners.move(gone, Tenant.MAIN);
        assertThat(names.mayBeOne(gone, stays)).isTrue();
        assertThat(names.unite(union, now())).isTrue();
        assertThat(names.pastOf(stays).getFirst().undoable()).isTrue();
        owners.move(stays, brand);
        assertThat(names.pastOf(stays).getFirst().undoable()).isFalse();
        assertThat(names.split(stays, gone, now())).isFalse();
    }

    @Test
    void a_device_is_not_made_where_another_tenant_has_one_of_its_name() {
        EndpointId id = device("taken");
        assertThatThrownBy(() -> brand.within(
                        () -> new PostgresDeviceStore(database).create(DeviceRecord.unseen(id, true, false, now()))))
                .isInstanceOf(OthersDeviceException.class)
                .hasMessage("the Endpoint ID proto::taken is in use on this server already");
        assertThat(owners.of(id)).contains(Tenant.MAIN);
    }

    @Test
    void a_tenant_goes_with_all_that_it_has_but_its_log_and_its_number_is_never_anothers() {
        assertThat(texts("""
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
                where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                    and c.relname not in ('audit', 'devices')
                """)).containsExactlyInAnyOrderElementsOf(TenantStore.BELONGINGS);
        StoredTenant lab = tenants.add("lab", "test", now()).orElseThrow();
        EndpointId id = device("of-lab");
        owners.move(id, lab.tenant());
        lab.tenant().within(() -> {
            new GroupStore(database).put(new GroupStore.SavedGroup("mine", "", "", now(), "test"));
            new SeriesStore(database, SeriesKeeping.DEFAULT).keep(new SeriesStore.Kept("Device.A.B", now(), "test"));
            new AuditStore(database).add(new AuditStore.Entry(now(), "bea", "act", "", ""));
            return true;
        });
        new PostgresEventStore(database)
                .append(List.of(new NewEvent(DeviceEvent.of(now(), Optional.of(id), EventKind.WARNING, "x"), "")));
        assertThat(tenants.remove(lab.tenant())).as("it has a device").isFalse();
        assertThat(count(lab.tenant(), "device_groups")).isEqualTo(1);
        lab.tenant().within(() -> new PostgresDeviceStore(database).delete(id));
        assertThat(tenants.remove(lab.tenant())).isTrue();
        assertThat(tenants.find("lab")).isEmpty();
        for (String table : TenantStore.BELONGINGS) {
            assertThat(texts("select count(*) from " + table + " where tenant = "
                            + lab.tenant().number()))
                    .as(table)
                    .containsExactly("0");
        }
        assertThat(count(lab.tenant(), "audit")).isEqualTo(1);
        assertThat(tenants.add("lab", "test", now()).orElseThrow().tenant().number())
                .isGreaterThan(lab.tenant().number());
        assertThat(tenants.add("lab", "test", now())).as("once more").isEmpty();
    }
}
