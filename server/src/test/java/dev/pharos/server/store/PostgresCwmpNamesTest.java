// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.acs.CwmpNameStore.Former;
import dev.pharos.controller.acs.CwmpNameStore.Past;
import dev.pharos.controller.acs.CwmpNameStore.Union;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ProofWanted;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two records become one, in a real PostgreSQL.
final class PostgresCwmpNamesTest {
    private static final EndpointId GONE = EndpointId.of("ops::00256D-Box-1");
    private static final EndpointId STAYS = EndpointId.of("proto::box");
    private static final EndpointId OTHER = EndpointId.of("proto::other");
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00.123456Z");
    private static final Former FORMER = new Former(GONE, "00256D", "1");

    private final Database database = TestDatabase.database();
    private final PostgresDeviceStore devices = new PostgresDeviceStore(database);
    private final PostgresTwinStore twins = new PostgresTwinStore(database);
    private final PostgresErrandStore errands = new PostgresErrandStore(database);
    private final PostgresCwmpNames names = new PostgresCwmpNames(database, devices);

    @BeforeEach
    void a_device_of_tr069() {
        for (String table : List.of("devices", "alarms", "alarm_rules", "alarm_watch", "jobs", "events")) {
            execute("delete from " + table);
        }
        devices.create(DeviceRecord.unseen(GONE, true, false, NOW.minusSeconds(60))
                .withConnection("cwmp", "192.0.2.7:5", false)
                .withTags(List.of("north"))
                .withIdentity(new DeviceIdentity("Acme", "00256D", "", "Box", "1", "", "1.0")));
        devices.create(DeviceRecord.unseen(OTHER, true, false, NOW));
        twins.put(GONE, List.of(value("Device.A.X", "gone"), value("Device.B.X", "gone")));
    }

    private int execute(String statement, Object... values) {
        return database.with(handle -> handle.execute(statement, values));
    }

    private long count(String from) {
        return database.with(handle -> handle.createQuery("select count(*) from " + from)
                .mapTo(Long.class)
                .one());
    }

    private String text(String query) {
        return database.with(
                handle -> handle.createQuery(query).mapTo(String.class).one());
    }

    private long number(EndpointId device) {
        return Long.parseLong(text("select no from devices where id = '" + device + "'"));
    }

    private static TwinValue value(String path, String value) {
        return new TwinValue(path, value, false, NOW, TwinValue.Source.GET);
    }

    private void keepsMuch(EndpointId device, String what) {
        long no = number(device);
        execute("insert into device_attributes values (?, 'room', ?)", no, what);
        execute("insert into device_attributes values (?, ?, 'only')", no, what);
        execute("insert into series_paths (path) values ('Device.A.X') on conflict do nothing");
        new PostgresEventStore(database)
                .append(List.of(new NewEvent(DeviceEvent.of(NOW, Optional.of(device), EventKind.WARNING, what), "")));
        execute(
                "insert into jobs (name, may_be_empty, steps, concurrency, per_minute, start_at, deadline, retries,"
                        + " backoff_ms, repeat_uncertain, created, created_by, state) values"
                        + " (?, false, '', 1, 1, now(), now(), 0, 0, false, now(), 'a', 'DONE')",
                what);
        execute(
                "insert into job_targets (job, device, state, due, changed) select id, ?, 'DONE', now(), now()"
                        + " from jobs",
                device.toString());
        execute(
                "insert into job_answers select job, device, 0, 'x' from job_targets where device = ?",
                device.toString());
    }

    @Test
    void a_device_that_gets_another_name_is_the_same_with_all_that_is_kept() {
        keepsMuch(GONE, "one");
        Optional<?> asked = errands.add(GONE, new Errand.Restart(false), NOW, 5);
        assertThat(asked).isPresent();
        assertThat(names.unite(new Union(GONE, STAYS, false, Optional.of(FORMER), false), NOW))
                .isTrue();
        assertThat(devices.find(GONE)).isEmpty();
        DeviceRecord known = devices.find(STAYS).orElseThrow();
        assertThat(known.tags()).containsExactly("north");
        assertThat(known.firstSeen()).isEqualTo(NOW.minusSeconds(60));
        assertThat(twins.count(STAYS)).isEqualTo(2);
        assertThat(errands.of(STAYS)).hasSize(1);
        assertThat(count("events where device = '" + STAYS + "'")).isEqualTo(1);
        assertThat(count("job_answers where device = '" + STAYS + "'")).isEqualTo(1);
        assertThat(text("select search_text from devices where id = '" + STAYS + "'"))
                .startsWith("proto::box\n");
        assertThat(names.device(GONE)).contains(STAYS);
        assertThat(names.of(STAYS)).containsExactly(FORMER);
        assertThat(names.device(OTHER)).isEmpty();
    }

    private static CwmpLoginStore.Login login(EndpointId device) {
        return new CwmpLoginStore.Login("login " + device, Bytes.ofUtf8("x"), Bytes.ofUtf8("salt"));
    }

    @Test
    void of_two_records_one_stays_with_what_both_have_and_its_own_where_both_have_the_same() {
        devices.create(DeviceRecord.unseen(STAYS, true, false, NOW)
                .withTags(List.of("usp"))
                .withProtocolVersions("1.4"));
        twins.put(
                STAYS,
                List.of(value("Device.B.X", "stays"), value("Device.B.Y", "stays"), value("Device.C.X", "stays")));
        keepsMuch(GONE, "gone");
        keepsMuch(STAYS, "stays");
        CwmpLoginStore logins = new CwmpLoginStore(database);
        for (EndpointId device : List.of(GONE, STAYS)) {
            assertThat(logins.put(device, login(device), NOW)).isTrue();
            assertThat(errands.add(device, new Errand.Restart(false), NOW, 5)).isPresent();
        }
        assertThat(logins.want(GONE, ProofWanted.BOTH)).isTrue();
        assertThat(names.unite(new Union(GONE, STAYS, true, Optional.of(FORMER), false), NOW))
                .isTrue();
        assertThat(devices.find(GONE)).isEmpty();
        DeviceRecord one = devices.find(STAYS).orElseThrow();
        assertThat(one.tags()).containsExactly("usp", "north");
        assertThat(one.identity().serialNumber()).isEqualTo("1");
        assertThat(one.protocolVersions()).isEqualTo("1.4");
        assertThat(one.firstSeen()).isEqualTo(NOW.minusSeconds(60));
        assertThat(one.address()).isEqualTo("192.0.2.7:5");
        assertThat(twins.list(STAYS, "", 10).stream().map(each -> each.path() + "=" + each.value()))
                .containsExactly("Device.A.X=gone", "Device.B.X=stays", "Device.B.Y=stays", "Device.C.X=stays");
        assertThat(count("twin where device_no = " + number(STAYS))).isEqualTo(3);
        assertThat(new AttributeStore(database).of(STAYS))
                .contains(Map.of("room", "stays", "gone", "only", "stays", "only"));
        assertThat(errands.of(STAYS)).hasSize(2);
        assertThat(logins.credentials(STAYS).login())
                .as("of the leg over TR-069")
                .contains("login " + GONE);
        assertThat(logins.credentials(STAYS).wanted()).isEqualTo(ProofWanted.BOTH);
        assertThat(count("events where device = '" + STAYS + "'")).isEqualTo(2);
        assertThat(count("events where device = '" + GONE + "'")).isZero();
        assertThat(count("job_targets where device = '" + STAYS + "'")).isEqualTo(2);
        assertThat(count("job_targets where device = '" + GONE + "'")).isZero();
        assertThat(names.of(STAYS)).containsExactly(FORMER);
        names.part(STAYS);
        assertThat(names.device(GONE)).isEmpty();
    }

    @Test
    void what_was_made_one_is_two_again_and_what_has_come_since_stays_with_the_one() {
        devices.create(DeviceRecord.unseen(STAYS, true, false, NOW)
                .withTags(List.of("usp"))
                .withProtocolVersions("1.4"));
        twins.put(STAYS, List.of(value("Device.B.X", "stays"), value("Device.C.X", "stays")));
        keepsMuch(GONE, "gone");
        keepsMuch(STAYS, "stays");
        CwmpLoginStore logins = new CwmpLoginStore(database);
        for (EndpointId device : List.of(GONE, STAYS)) {
            assertThat(logins.put(device, login(device), NOW)).isTrue();
        }
        long number = number(GONE);
        DeviceRecord gone = devices.find(GONE).orElseThrow();
        assertThat(names.unite(new Union(GONE, STAYS, true, Optional.of(FORMER), true), NOW))
                .isTrue();
        assertThat(names.formerly(GONE)).contains(STAYS);
        assertThat(names.pastOf(STAYS)).containsExactly(new Past(GONE, NOW, true));
        twins.put(STAYS, List.of(value("Device.A.Y", "since")));
        execute("insert into device_attributes values (?, 'since', 'x')", number(STAYS));

        assertThat(names.split(OTHER, GONE, NOW)).isFalse();
        assertThat(names.split(STAYS, GONE, NOW)).isTrue();

        DeviceRecord again = devices.find(GONE).orElseThrow();
        assertThat(number(GONE)).isEqualTo(number);
        assertThat(again.tags()).isEqualTo(gone.tags());
        assertThat(again.identity()).isEqualTo(gone.identity());
        assertThat(again.statusReason()).contains("a record of its own again");
        assertThat(twins.list(GONE, "", 10).stream().map(each -> each.path() + "=" + each.value()))
                .containsExactly("Device.A.X=gone", "Device.B.X=gone");
        assertThat(twins.list(STAYS, "", 10).stream().map(each -> each.path() + "=" + each.value()))
                .containsExactly("Device.A.Y=since", "Device.B.X=stays", "Device.C.X=stays");
        AttributeStore attributes = new AttributeStore(database);
        assertThat(attributes.of(GONE)).contains(Map.of("room", "gone", "gone", "only"));
        assertThat(attributes.of(STAYS)).contains(Map.of("room", "stays", "stays", "only", "since", "x"));
        assertThat(logins.credentials(GONE).login()).contains("login " + GONE);
        assertThat(logins.credentials(STAYS).login()).contains("login " + STAYS);
        for (EndpointId device : List.of(GONE, STAYS)) {
            assertThat(logins.salted("login " + device))
                    .contains(new CwmpLoginStore.Salted(device, Bytes.ofUtf8("salt")));
        }
        DeviceRecord one = devices.find(STAYS).orElseThrow();
        assertThat(one.tags()).containsExactly("usp");
        assertThat(one.identity()).isEqualTo(DeviceIdentity.UNKNOWN);
        assertThat(names.formerly(GONE)).isEmpty();
        assertThat(names.device(GONE)).isEmpty();
        assertThat(count("events where device = '" + STAYS + "'"))
                .as("what has happened stays there")
                .isEqualTo(2);
        assertThat(names.split(STAYS, GONE, NOW)).as("once").isFalse();
    }

    @Test
    void a_name_from_before_leads_on_through_several_records_and_not_where_somebody_has_it() {
        assertThat(names.unite(new Union(GONE, STAYS, false, Optional.of(FORMER), true), NOW))
                .isTrue();
        assertThat(names.unite(new Union(STAYS, OTHER, true, Optional.empty(), true), NOW))
                .isTrue();
        assertThat(names.formerly(GONE)).contains(OTHER);
        assertThat(names.formerly(STAYS)).contains(OTHER);
        assertThat(names.formerly(OTHER)).isEmpty();
        assertThat(names.pastOf(OTHER)).containsExactly(new Past(GONE, NOW, false), new Past(STAYS, NOW, true));
        devices.create(DeviceRecord.unseen(GONE, true, false, NOW));
        assertThat(names.formerly(GONE)).isEmpty();
        assertThat(names.split(OTHER, STAYS, NOW)).isTrue();
        assertThat(names.pastOf(STAYS)).containsExactly(new Past(GONE, NOW, false));
        assertThat(names.pastOf(OTHER)).isEmpty();
    }

    @Test
    void transfers_whose_end_is_not_known_are_kept_of_each_device_the_newest() {
        PostgresOpenTransfers transfers = new PostgresOpenTransfers(database);
        for (int i = 0; i < 4; i++) {
            transfers.told(GONE, "t" + i, NOW.plusSeconds(i), 3);
        }
        transfers.told(OTHER, "o", NOW, 3);
        transfers.told(STAYS, "of nobody", NOW, 3);
        assertThat(transfers.of(GONE, NOW)).containsExactlyInAnyOrder("t1", "t2", "t3");
        assertThat(transfers.of(GONE, NOW.plusSeconds(3))).containsExactly("t3");
        transfers.ended(GONE, "t3");
        transfers.told(GONE, "t1", NOW.plusSeconds(9), 3);
        assertThat(transfers.of(GONE, NOW.plusSeconds(3))).containsExactly("t1");
        assertThat(transfers.of(OTHER, NOW)).containsExactly("o");
        assertThat(transfers.of(STAYS, NOW)).isEmpty();
    }

    @Test
    void what_was_counted_of_both_in_the_same_hour_is_counted_together() {
        devices.create(DeviceRecord.unseen(STAYS, true, false, NOW));
        execute("insert into series_paths (path) values ('Device.A.X') on conflict do nothing");
        execute("create table if not exists series_rolled_union partition of series_rolled default");
        for (EndpointId device : List.of(GONE, STAYS)) {
            execute(
                    "insert into series_rolled select ?, no, ?, ?, ?, ?, 2 from series_paths where path = 'Device.A.X'",
                    number(device),
                    Storable.time(NOW),
                    device.equals(GONE) ? 1 : 3,
                    device.equals(GONE) ? 2 : 4,
                    device.equals(GONE) ? 3 : 7);
            execute(
                    "insert into series_unrolled values (?, ?, ?::integer[])",
                    number(device),
                    Storable.time(NOW),
                    device.equals(GONE) ? "{1,3}" : "{2,3}");
            execute(
                    "insert into bulk_deliveries values (?, 2, 3, 4, 5, 6, ?, 'http', null)",
                    number(device),
                    Storable.time(device.equals(GONE) ? NOW : NOW.minusSeconds(9)));
        }
        assertThat(names.unite(new Union(GONE, STAYS, true, Optional.empty(), false), NOW))
                .isTrue();
        assertThat(text(
                        "select low || ' ' || high || ' ' || total || ' ' || count from series_rolled where device_no = "
                                + number(STAYS)))
                .isEqualTo("1 4 10 4");
        assertThat(text("select paths::text from series_unrolled where device_no = " + number(STAYS)))
                .isEqualTo("{1,2,3}");
        assertThat(text("select concat_ws(' ', deliveries, reports, kept, unknown, refused, last = '" + NOW
                        + "') from bulk_deliveries where device_no = " + number(STAYS)))
                .isEqualTo("4 6 8 10 12 t");
        execute("drop table series_rolled_union");
    }

    @Test
    void of_two_open_alarms_of_one_rule_one_stays_open() {
        devices.create(DeviceRecord.unseen(STAYS, true, false, NOW));
        execute(
                "insert into alarm_rules (name, severity, devices, lasting_s, kinds, path, within_s, changed, changed_by)"
                        + " values ('r', 'minor', '', 0, '{}', '', 0, now(), 'a')");
        for (EndpointId device : List.of(GONE, STAYS)) {
            execute(
                    "insert into alarms (rule, rule_name, severity, subject, text, raised)"
                            + " select id, 'r', 'minor', ?, 't', now() from alarm_rules",
                    device.toString());
            execute("insert into alarm_watch select id, ?, now() from alarm_rules", device.toString());
        }
        assertThat(names.unite(new Union(GONE, STAYS, true, Optional.empty(), false), NOW))
                .isTrue();
        assertThat(count("alarms where subject = '" + STAYS + "' and cleared is null"))
                .isEqualTo(1);
        assertThat(count("alarms where subject = '" + STAYS + "' and cleared is not null"))
                .isEqualTo(1);
        assertThat(count("alarm_watch")).isEqualTo(1);
    }

    @Test
    void nothing_is_done_where_the_inventory_is_not_as_it_was_taken_to_be() {
        assertThat(names.unite(new Union(STAYS, OTHER, true, Optional.empty(), false), NOW))
                .isFalse();
        assertThat(names.unite(new Union(GONE, STAYS, true, Optional.empty(), false), NOW))
                .isFalse();
        assertThat(names.unite(new Union(GONE, OTHER, false, Optional.empty(), false), NOW))
                .isFalse();
        assertThat(devices.find(GONE)).isPresent();
        assertThat(twins.count(GONE)).isEqualTo(2);
        assertThat(twins.count(OTHER)).isZero();
    }

    @Test
    void of_several_who_do_the_same_at_once_one_does_it() throws Exception {
        devices.create(DeviceRecord.unseen(STAYS, true, false, NOW));
        Callable<Boolean> forth = () -> names.unite(new Union(GONE, STAYS, true, Optional.of(FORMER), false), NOW);
        Callable<Boolean> back = () -> names.unite(new Union(STAYS, GONE, true, Optional.empty(), false), NOW);
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            int done = 0;
            for (Future<Boolean> each : many.invokeAll(List.of(forth, back, forth, back), 1, TimeUnit.MINUTES)) {
                done += each.get() ? 1 : 0;
            }
            assertThat(done).isEqualTo(1);
        }
        assertThat(count("devices")).isEqualTo(2);
    }

    @Test
    void every_table_that_knows_devices_is_looked_after() {
        List<String> found = database.with(handle -> handle.createQuery(
                        "select c.table_name from information_schema.columns c join pg_class p on p.relname = c.table_name"
                                + " and p.relnamespace = current_schema()::regnamespace"
                                + " where c.table_schema = current_schema() and c.column_name in ('device_no', 'device')"
                                + " and not p.relispartition")
                .mapTo(String.class)
                .list());
        Set<String> known = new TreeSet<>(found);
        // what is written down there stays as it was
        known.remove("audit");
        assertThat(known).isEqualTo(new TreeSet<>(UnionSql.tables()));
    }
}
