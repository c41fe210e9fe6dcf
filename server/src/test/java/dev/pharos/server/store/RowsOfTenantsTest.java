// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.server.store.AuditStore.Entry;
import dev.pharos.server.store.AuditStore.Sealed;
import dev.pharos.server.store.AuditStore.Search;
import dev.pharos.server.store.GroupStore.SavedGroup;
import dev.pharos.server.store.SeriesStore.Kept;
import dev.pharos.server.store.UserStore.StoredUser;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What belongs to one tenant is shown to, and written by, nobody who asks for another, whatever the statement says.
final class RowsOfTenantsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Tenant BRAND = new Tenant((short) 1);
    private static final Tenant LAB = new Tenant((short) 2);
    private static final List<Tenant> ALL = List.of(Tenant.MAIN, BRAND, LAB);

    /// Tables whose rows are no tenant's, each with the reason. All others must say who sees their rows.
    private static final Map<String, String> OF_NOBODY = Map.of(
            "event_keys",
                    "hashes by which a repeated notification is known again; only the server's own work reads them",
            "schema_history", "which migrations were applied; only the server's own work reads it",
            "server_keys", "what the server signs with; only its own work reads them",
            "servers", "names of the servers over this database, and that they run",
            "supported_models", "data models by their hash: the same for all devices of a kind, whosever they are",
            "model_keys", "which data model devices of a make, model and version have",
            "series_paths", "numbers of paths of the data model; what devices said is in series");

    private static Database database;

    @BeforeAll
    static void three_tenants() {
        database = Database.open(TestDatabase.empty("tenants"));
        database.with(handle -> handle.execute("insert into tenants (no, name, created, created_by)"
                + " values (1, 'brand', now(), 'test'), (2, 'lab', now(), 'test')"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static List<String> names(String query) {
        return database.with(
                handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    @Test
    void every_table_says_who_sees_its_rows_or_stands_in_the_list_of_those_that_are_no_tenants() {
        Set<String> open = new TreeSet<>(names("""
                select relname from pg_class c where relnamespace = current_schema()::regnamespace
                    and relkind in ('r', 'p') and not relispartition
                    and not (relrowsecurity and exists (select 1 from pg_policy where polrelid = c.oid))
                """));
        assertThat(open).containsExactlyInAnyOrderElementsOf(OF_NOBODY.keySet());
        OF_NOBODY.values().forEach(reason -> assertThat(reason).isNotBlank());
    }

    @Test
    void every_column_of_a_tenant_belongs_to_who_makes_the_row_but_where_the_server_writes_it_for_all() {
        assertThat(names("""
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
                    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
                where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                    and coalesce(pg_get_expr(d.adbin, d.adrelid), '') not like '%asking_tenant()%'
                """)).containsExactlyInAnyOrder("audit", "events");
    }

    @Test
    void the_role_of_people_owns_nothing_passes_by_no_policy_and_reaches_no_part_of_a_table_by_itself() {
        assertThat(names("select rolname from pg_roles where rolname = 'pharos_people'"
                        + " and not rolsuper and not rolbypassrls and not rolcreaterole and not rolcanlogin"))
                .hasSize(1);
        // but for what ends with a connection: other tests here have theirs open
        assertThat(names("select relname from pg_class where pg_get_userbyid(relowner) = 'pharos_people'"
                        + " and relpersistence <> 't'"))
                .isEmpty();
        assertThat(names("select relname from pg_class where relnamespace = current_schema()::regnamespace"
                        + " and (relispartition or relname in ('event_keys', 'schema_history', 'server_keys'))"
                        + " and relkind in ('r', 'p') and has_table_privilege('pharos_people', oid, 'SELECT')"))
                .isEmpty();
        assertThat(BRAND.within(() -> names("select current_user::text"))).containsExactly("pharos_people");
        assertThat(names("select current_user::text")).containsExactly("pharos");
    }

    @Test
    void a_row_is_neither_written_for_another_tenant_nor_given_to_one() {
        for (String write : List.of(
                "insert into device_groups (name, query, description, changed, changed_by, tenant)"
                        + " values ('smuggled', '', '', now(), 'eve', 2)",
                "insert into tenants (no, name, created, created_by) values (7, 'mine', now(), 'eve')")) {
            assertThatThrownBy(() -> BRAND.within(() -> database.with(handle -> handle.execute(write))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("row-level security");
        }
        GroupStore groups = new GroupStore(database);
        BRAND.within(() -> groups.put(group("given", "")));
        assertThatThrownBy(() -> BRAND.within(() -> database.with(
                        handle -> handle.execute("update device_groups set tenant = 2 where name = 'given'"))))
                .isInstanceOf(StoreException.class);
        assertThat(BRAND.within(() -> groups.remove("given"))).isTrue();
    }

    @Test
    void what_is_the_servers_own_is_out_of_reach_of_who_asks() {
        for (String table : PeopleRole.OF_THE_SERVER) {
            assertThatThrownBy(() -> Tenant.MAIN.within(
                            () -> database.with(handle -> handle.execute("delete from " + table + " where false"))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() -> Tenant.MAIN.within(
                        () -> database.with(handle -> handle.execute("alter table users disable row level security"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("must be owner");
    }

    @Test
    void a_transaction_does_not_change_whose_it_is() {
        assertThatThrownBy(() -> BRAND.within(
                        () -> database.inTransaction(_ -> LAB.within(() -> new GroupStore(database).all()))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_number_of_a_device_begins_with_that_of_its_tenant() {
        PostgresDeviceStore devices = new PostgresDeviceStore(database);
        for (Tenant tenant : ALL) {
            EndpointId id = EndpointId.of("proto::numbered-" + tenant.number());
            tenant.within(() -> devices.create(device(id)));
            assertThat(names("select (no >> 40) || ' ' || tenant from devices where id = '" + id + "'"))
                    .containsExactly(tenant.number() + " " + tenant.number());
            tenant.within(() -> devices.delete(id));
        }
    }

    /// What one tenant has, as the stores should show it to who asks for it.
    private static final class Own {
        private final Map<String, String> groups = new TreeMap<>();
        private final Set<String> users = new TreeSet<>();
        private final Set<EndpointId> devices =
                new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        private final Map<EndpointId, String> channels = new HashMap<>();
        private final Set<String> kept = new TreeSet<>();
        private int actions;
    }

    /// The stores as a request would use them, without a word of tenants in any statement.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void of_what_is_written_in_any_order_each_sees_its_own_alone(long seed) {
        Random random = new Random(seed);
        Map<Tenant, Own> model = new HashMap<>();
        ALL.forEach(tenant -> model.put(tenant, new Own()));
        empty();
        for (int step = 0; step < 300; step++) {
            Tenant tenant = ALL.get(random.nextInt(ALL.size()));
            Own own = Objects.requireNonNull(model.get(tenant));
            tenant.within(() -> {
                change(random, tenant, own);
                return true;
            });
            if (step % 25 == 0 || step == 299) {
                model.forEach((each, expected) -> each.within(() -> {
                    assertShown(expected);
                    return true;
                }));
            }
        }
        assertThat(new PostgresDeviceStore(database).count())
                .isEqualTo(model.values().stream()
                        .mapToLong(own -> own.devices.size())
                        .sum());
    }

    private static void empty() {
        for (String table : List.of("devices", "device_groups", "users", "series_kept", "audit")) {
            database.with(handle -> handle.execute("delete from " + table));
        }
    }

    private static void change(Random random, Tenant tenant, Own own) {
        // the same few names for all
        String name = "n" + random.nextInt(4);
        // an Endpoint ID is one device's, whosever it is
        EndpointId id = EndpointId.of("proto::" + tenant.number() + "-" + random.nextInt(4));
        switch (random.nextInt(8)) {
            case 0 -> {
                String query = "model = \"" + random.nextInt() + "\"";
                assertThat(new GroupStore(database).put(group(name, query))).isTrue();
                own.groups.put(name, query);
            }
            case 1 -> assertThat(new GroupStore(database).remove(name)).isEqualTo(own.groups.remove(name) != null);
            case 2 -> assertThat(new UserStore(database).add(user(name), 10)).isEqualTo(own.users.add(name));
            case 3 -> assertThat(new UserStore(database).remove(name)).isEqualTo(own.users.remove(name));
            case 4 -> {
                new PostgresDeviceStore(database).create(device(id));
                own.devices.add(id);
                String channel = Integer.toString(random.nextInt(100));
                new PostgresTwinStore(database).put(id, List.of(channel(channel)));
                own.channels.put(id, channel);
            }
            case 5 -> {
                assertThat(new PostgresDeviceStore(database).delete(id)).isEqualTo(own.devices.remove(id));
                own.channels.remove(id);
            }
            case 6 -> {
                assertThat(new SeriesStore(database, SeriesKeeping.DEFAULT)
                                .keep(new Kept("Device.WiFi.Radio." + name, NOW, "test")))
                        .isTrue();
                own.kept.add("Device.WiFi.Radio." + name);
            }
            default -> {
                new AuditStore(database).add(new Entry(NOW, name, "act", "", ""));
                own.actions++;
            }
        }
    }

    private static void assertShown(Own own) {
        Map<String, String> groups = new TreeMap<>();
        new GroupStore(database).all().forEach(group -> groups.put(group.name(), group.query()));
        assertThat(groups).isEqualTo(own.groups);
        assertThat(new UserStore(database).all().stream().map(StoredUser::name)).containsExactlyElementsOf(own.users);
        PostgresDeviceStore devices = new PostgresDeviceStore(database);
        assertThat(devices.list(new DeviceQuery(all(), DeviceQuery.Sort.ID, false, 100, ""))
                        .items())
                .extracting(DeviceRecord::id)
                .containsExactlyElementsOf(own.devices);
        assertThat(devices.count()).isEqualTo(own.devices.size());
        PostgresTwinStore twins = new PostgresTwinStore(database);
        for (Tenant tenant : ALL) {
            for (int i = 0; i < 4; i++) {
                EndpointId id = EndpointId.of("proto::" + tenant.number() + "-" + i);
                assertThat(devices.find(id).isPresent()).isEqualTo(own.devices.contains(id));
                assertThat(twins.list(id, "", 10).stream().map(TwinValue::value))
                        .containsExactlyElementsOf(Optional.ofNullable(own.channels.get(id)).stream()
                                .toList());
            }
        }
        assertThat(new SeriesStore(database, SeriesKeeping.DEFAULT).kept())
                .extracting(Kept::pattern)
                .containsExactlyElementsOf(own.kept);
        assertUnbroken(new AuditStore(database).oldest(Search.ALL, 0, 1_000), own.actions);
    }

    /// Each tenant can verify its chain without seeing another's.
    private static void assertUnbroken(List<Sealed> chain, int length) {
        assertThat(chain).hasSize(length);
        Bytes before = AuditSeal.NONE;
        for (Sealed each : chain) {
            assertThat(each.hash()).isEqualTo(AuditSeal.of(before, each.seq(), each.entry()));
            before = each.hash();
        }
    }

    private static Condition all() {
        return new Condition.All(List.of());
    }

    private static SavedGroup group(String name, String query) {
        return new SavedGroup(name, query, "", NOW, "test");
    }

    private static StoredUser user(String name) {
        return new StoredUser(
                name, "VIEWER", Optional.empty(), "", false, false, NOW, "test", Optional.empty(), Optional.empty());
    }

    private static DeviceRecord device(EndpointId id) {
        return DeviceRecord.unseen(id, true, false, NOW);
    }

    private static TwinValue channel(String value) {
        return new TwinValue("Device.WiFi.Radio.1.Channel", value, false, NOW, TwinValue.Source.GET);
    }

    /// The last schema without tenants.
    private static final int BEFORE = 55;

    @Test
    void everything_that_was_there_before_belongs_to_the_first_tenant() {
        var source = TestDatabase.empty("before_tenants");
        try (Database before = Database.openAt(source, BEFORE)) {
            for (String statement : List.of(
                    "insert into devices (id, approved, verified, status, status_reason, transport, address, manufacturer,"
                            + " oui, model_name, product_class, serial_number, hardware_version, software_version,"
                            + " first_seen, last_seen, protocol_versions, model_hash, parameter_count, onboarded, tags,"
                            + " search_text) values ('proto::old', true, false, 'OFFLINE', '', '', '', '', '', '', '', '',"
                            + " '', '', now(), now(), '', '', 1, true, '{}', '')",
                    "insert into twin (device_no, object_path, parameters) select no, 'Device.WiFi.Radio.1.',"
                            + " '{\"Channel\": [\"36\", 0, \"GET\"]}' from devices",
                    "insert into device_groups values ('pilots', 'tag:pilot', '', now(), 'anna')",
                    "insert into users (name, role, password, must_change, disabled, created, created_by, scope, changes)"
                            + " values ('anna', 'ADMIN', '', false, false, now(), '', '', '{}')",
                    "insert into passkeys (credential, owner, name, public_key, counter, transports, created)"
                            + " values ('\\x01', 'anna', 'key', '\\x02', 0, '{}', now())",
                    "insert into passkey_handles values ('anna', '\\x03')",
                    "insert into approval_rules (applies, devices, hours) values ('NEVER', 7, 1)")) {
                before.with(handle -> handle.execute(statement));
            }
        }
        try (Database now = Database.open(source)) {
            now.with(handle -> handle.execute(
                    "insert into tenants (no, name, created, created_by) values (1, 'brand', now(), 'test')"));
            Tenant.MAIN.within(() -> {
                EndpointId old = EndpointId.of("proto::old");
                assertThat(new PostgresDeviceStore(now).find(old)).isPresent();
                assertThat(new PostgresTwinStore(now).list(old, "", 10))
                        .extracting(TwinValue::value)
                        .containsExactly("36");
                assertThat(new GroupStore(now).find("pilots")).isPresent();
                assertThat(new PasskeyStore(now).of("anna")).hasSize(1);
                assertThat(new ApprovalStore(now).rules().orElseThrow().devices())
                        .isEqualTo(7);
                // what hangs on somebody goes with them
                assertThat(new UserStore(now).remove("anna")).isTrue();
                assertThat(new PasskeyStore(now).of("anna")).isEmpty();
                return true;
            });
            BRAND.within(() -> {
                assertThat(new PostgresDeviceStore(now).count()).isZero();
                assertThat(new GroupStore(now).all()).isEmpty();
                assertThat(new ApprovalStore(now).rules()).isEmpty();
                return true;
            });
        }
    }

    /// A database that was at V61 before the work of V53 came to it.
    @Test
    void a_table_of_a_lower_number_that_came_late_has_a_policy_too() {
        var source = TestDatabase.empty("late_tables");
        try (Database before = Database.openAt(source, 62)) {
            before.with(handle -> handle.execute("drop policy of_device on device_unions"));
            before.with(handle -> handle.execute("alter table device_unions disable row level security"));
        }
        try (Database now = Database.open(source)) {
            assertThat(now.<String>with(handle -> handle.createQuery(
                                    "select polname::text from pg_policy p join pg_class c on c.oid = p.polrelid"
                                            + " where c.oid = 'device_unions'::regclass and c.relrowsecurity")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("of_device");
        }
    }
}
