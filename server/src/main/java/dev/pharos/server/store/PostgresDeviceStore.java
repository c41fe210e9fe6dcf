// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Facet;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DevicePage;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.controller.store.FacetCounts;
import dev.pharos.usp.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/// The inventory in the table `devices`.
public final class PostgresDeviceStore implements DeviceStore {
    private static final String INSERT = """
            insert into devices (id, approved, verified, status, status_reason, transport, address, manufacturer, oui, model_name,
                product_class, serial_number, hardware_version, software_version, first_seen, last_seen, protocol_versions, model_hash,
                parameter_count, onboarded, tags, search_text, server)
            values (:id, :approved, :verified, :status, :reason, :transport, :address, :manufacturer, :oui, :model, :class, :serial,
                :hardware, :software, :first, :last, :versions, :hash, :count, :onboarded, :tags, :search, :server)
            on conflict (id) do nothing
            """;
    private static final String UPDATE = """
            update devices set approved = :approved, verified = :verified, status = :status, status_reason = :reason,
                transport = :transport, address = :address, manufacturer = :manufacturer, oui = :oui, model_name = :model,
                product_class = :class, serial_number = :serial, hardware_version = :hardware, software_version = :software,
                first_seen = :first, last_seen = :last, protocol_versions = :versions, model_hash = :hash, parameter_count = :count,
                onboarded = :onboarded, tags = :tags, search_text = :search,
                server = case when (status, transport, address) = (:status, :transport, :address) then server else :server end
            where id = :id
            """;

    /// With one parameter, the seconds of silence; and true where no server says which one has it.
    private static final String NOBODY_HAS_IT = "(server is null or server not in (" + ServerRoll.RUNNING + "))";

    /// Of those that are online: others are there in sessions alone.
    private static final String CONNECTED = "transport <> '" + DeviceRecord.IN_SESSIONS + "'";

    private static final double SILENT = Limits.SERVER_SILENT.toSeconds();

    private final Database database;
    private final ServerRoll roll;

    /// Of a server that has the database for itself.
    public PostgresDeviceStore(Database database) {
        this(database, ServerRoll.alone(database, ""));
    }

    /// @param roll of the servers that share the inventory
    public PostgresDeviceStore(Database database, ServerRoll roll) {
        this.database = database;
        this.roll = roll;
    }

    @Override
    public Optional<DeviceRecord> find(EndpointId id) {
        Sight.Clause seen = Sight.clause();
        return database.with(
                handle -> seen.bind(handle.createQuery("select * from devices where id = :id" + seen.devices()))
                        .bind("id", id.toString())
                        .map((rows, context) -> device(rows))
                        .findOne());
    }

    @Override
    public DeviceRecord create(DeviceRecord device) {
        return database.inTurn(() -> database.inTransaction(handle -> {
            bound(handle.createUpdate(INSERT), device).execute();
            return read(handle, device.id(), "").orElseThrow(() -> new OthersDeviceException(device.id()));
        }));
    }

    @Override
    public Optional<DeviceRecord> update(EndpointId id, UnaryOperator<DeviceRecord> change) {
        return database.inTurn(() -> database.inTransaction(handle -> update(handle, id, change)));
    }

    /// Gives a device another name, which nobody has.
    void rename(Handle handle, EndpointId before, EndpointId after) {
        read(handle, before).ifPresent(known -> {
            DeviceRecord renamed = known.withId(after);
            handle.execute(
                    "update devices set id = ?, search_text = ? where id = ?",
                    after.toString(),
                    Storable.text(searchText(renamed)),
                    before.toString());
        });
    }

    /// The same as [#update(EndpointId, UnaryOperator)], within a transaction.
    Optional<DeviceRecord> update(Handle handle, EndpointId id, UnaryOperator<DeviceRecord> change) {
        // its key stays: those who write of the device, and lock the key, are in nobody's way
        Optional<DeviceRecord> before = read(handle, id, " for no key update");
        if (before.isEmpty()) {
            return before;
        }
        DeviceRecord after = change.apply(before.get());
        if (!after.equals(before.get())) {
            bound(handle.createUpdate(UPDATE), after).execute();
        }
        return Optional.of(after);
    }

    @Override
    public boolean delete(EndpointId id) {
        return database.with(handle -> handle.execute("delete from devices where id = ?", id.toString()) > 0);
    }

    @Override
    public DevicePage list(DeviceQuery query) {
        DeviceListing listing = DeviceListing.of(query);
        ConditionSql meant = ConditionSql.of(Sight.of(query.condition()));
        return database.with(
                handle -> meant.readsTwins() ? once(handle, listing, meant) : twice(handle, listing, meant));
    }

    /// To count those who are meant and to find the first of them are two statements, each answered from an index.
    private static DevicePage twice(Handle handle, DeviceListing listing, ConditionSql meant) {
        Query total = handle.createQuery("select count(*) from devices where " + meant.text());
        meant.bind(total);
        long count = total.mapTo(Long.class).one();
        Query page = handle.createQuery("select * from devices where " + meant.text() + listing.position()
                + " order by " + listing.order() + " limit :limit");
        bind(page, listing, meant);
        return listing.page(page.map((rows, context) -> device(rows)).list(), count);
    }

    /// Where it takes the twins to find out who is meant, that is done once for both.
    private static DevicePage once(Handle handle, DeviceListing listing, ConditionSql meant) {
        Query query = handle.createQuery("with meant as materialized (select no, id, last_seen, model_name from devices"
                + " where " + meant.text() + "), page as (select no from meant where true" + listing.position()
                + " order by " + listing.order() + " limit :limit)"
                + " select devices.*, counted.total from (select count(*) as total from meant) counted"
                + " left join (page join devices on devices.no = page.no) on true order by " + listing.order());
        bind(query, listing, meant);
        List<DeviceRecord> found = new ArrayList<>();
        long count = query.map((rows, context) -> {
                    // without a page the number stands alone
                    if (rows.getString("id") != null) {
                        found.add(device(rows));
                    }
                    return rows.getLong("total");
                })
                .list()
                .getFirst();
        return listing.page(found, count);
    }

    private static void bind(Query query, DeviceListing listing, ConditionSql meant) {
        meant.bind(query);
        listing.bindPosition(query);
        query.bind("limit", listing.query().limit() + 1);
    }

    @Override
    public FacetCounts count(Condition condition, Facet by, int most) {
        FacetSql facet = new FacetSql(Sight.of(condition), by);
        return database.with(handle -> facet.counts(handle, most));
    }

    @Override
    public long count() {
        return count("true");
    }

    @Override
    public long countOnline() {
        return count("status <> 'OFFLINE'");
    }

    private long count(String which) {
        Sight.Clause seen = Sight.clause();
        return database.with(
                handle -> seen.bind(handle.createQuery("select count(*) from devices where " + which + seen.devices()))
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public Set<EndpointId> touch(Map<EndpointId, Instant> seen) {
        if (seen.isEmpty()) {
            return Set.of();
        }
        List<Map.Entry<EndpointId, Instant>> ordered =
                seen.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        return database.with(handle -> handle.createQuery("""
                        with seen as (select * from unnest(:ids, :times) as seen (id, time)),
                        known as (update devices set last_seen = greatest(last_seen, seen.time) from seen
                            where devices.id = seen.id returning devices.id, approved and status <> 'OFFLINE' as here)
                        select id from seen where id not in (select id from known where here)
                        """)
                .bindArray(
                        "ids",
                        String.class,
                        ordered.stream().map(entry -> entry.getKey().toString()).toList())
                .bindArray(
                        "times",
                        Timestamp.class,
                        ordered.stream()
                                .map(entry -> Storable.time(entry.getValue()))
                                .toList())
                .map((rows, context) -> EndpointId.of(rows.getString(1)))
                .set());
    }

    @Override
    public int markAllOffline(String reason) {
        return database.with(handle -> handle.execute(
                "update devices set status = 'OFFLINE', status_reason = ? where status <> 'OFFLINE' and " + CONNECTED
                        + " and (server = ? or " + NOBODY_HAS_IT + ")",
                reason,
                roll.name(),
                SILENT));
    }

    @Override
    public Set<EndpointId> elsewhere(Collection<EndpointId> devices) {
        return database.with(handle -> handle.createQuery("select id from devices where id = any(:ids) and"
                        + " status <> 'OFFLINE' and server <> :me and server in"
                        + " (select name from servers where seen > now() - make_interval(secs => :silent))")
                .bindArray(
                        "ids",
                        String.class,
                        devices.stream().map(EndpointId::toString).toList())
                .bind("me", roll.name())
                .bind("silent", SILENT)
                .map((rows, context) -> EndpointId.of(rows.getString(1)))
                .set());
    }

    @Override
    public boolean release(EndpointId device, boolean shared) {
        if (!roll.othersRun()) {
            return false;
        }
        if (!elsewhere(List.of(device)).isEmpty()) {
            return true;
        }
        return shared
                && database.with(handle -> handle.execute(
                                "update devices set server = ? where id = ? and server = ?",
                                "/" + roll.name(),
                                device.toString(),
                                roll.name()))
                        > 0;
    }

    /// What we ourselves have released is for others as long as any run.
    @Override
    public List<DeviceRecord> adopt(int most) {
        if (!roll.knowsWhoEnded()) {
            return List.of();
        }
        String released = roll.othersRun() ? "/" + roll.name() : "";
        return database.with(handle -> handle.createQuery("update devices set server = ? where no in (select no from"
                        + " devices where status <> 'OFFLINE' and server <> ? and " + CONNECTED + " and "
                        + NOBODY_HAS_IT
                        + " limit ? for no key update skip locked) returning *")
                .bind(0, roll.name())
                .bind(1, released)
                .bind(2, SILENT)
                .bind(3, most)
                .map((rows, context) -> device(rows))
                .list());
    }

    @Override
    public boolean handOver() {
        return roll.othersRun();
    }

    /// As it stands in a transaction.
    Optional<DeviceRecord> read(Handle handle, EndpointId id) {
        return read(handle, id, "");
    }

    private static Optional<DeviceRecord> read(Handle handle, EndpointId id, String lock) {
        return handle.createQuery("select * from devices where id = :id" + lock)
                .bind("id", id.toString())
                .map((rows, context) -> device(rows))
                .findOne();
    }

    private <S extends SqlStatement<S>> S bound(S statement, DeviceRecord device) {
        DeviceIdentity identity = device.identity();
        return statement
                .bind("id", device.id().toString())
                .bind("server", roll.name())
                .bind("approved", device.approved())
                .bind("verified", device.verified())
                .bind("status", device.status().name())
                .bind("reason", Storable.text(device.statusReason()))
                .bind("transport", device.transport())
                .bind("address", Storable.text(device.address()))
                .bind("manufacturer", Storable.text(identity.manufacturer()))
                .bind("oui", Storable.text(identity.oui()))
                .bind("model", Storable.text(identity.modelName()))
                .bind("class", Storable.text(identity.productClass()))
                .bind("serial", Storable.text(identity.serialNumber()))
                .bind("hardware", Storable.text(identity.hardwareVersion()))
                .bind("software", Storable.text(identity.softwareVersion()))
                .bind("first", Storable.time(device.firstSeen()))
                .bind("last", Storable.time(device.lastSeen()))
                .bind("versions", Storable.text(device.protocolVersions()))
                .bind("hash", device.modelHash())
                .bind("count", device.parameterCount())
                .bind("onboarded", device.onboarded())
                .bindArray(
                        "tags",
                        String.class,
                        device.tags().stream().map(Storable::text).toList())
                .bind("search", Storable.text(searchText(device)));
    }

    /// Everything that [Condition.Word] looks into, in lower case, a line each.
    private static String searchText(DeviceRecord device) {
        DeviceIdentity identity = device.identity();
        return String.join(
                        "\n",
                        device.id().toString(),
                        identity.manufacturer(),
                        identity.modelName(),
                        identity.productClass(),
                        identity.serialNumber(),
                        identity.softwareVersion())
                .toLowerCase(Locale.ROOT);
    }

    static DeviceRecord device(ResultSet rows) throws SQLException {
        return new DeviceRecord(
                EndpointId.of(rows.getString("id")),
                rows.getBoolean("approved"),
                rows.getBoolean("verified"),
                DeviceStatus.valueOf(rows.getString("status")),
                rows.getString("status_reason"),
                rows.getString("transport"),
                rows.getString("address"),
                new DeviceIdentity(
                        rows.getString("manufacturer"),
                        rows.getString("oui"),
                        rows.getString("model_name"),
                        rows.getString("product_class"),
                        rows.getString("serial_number"),
                        rows.getString("hardware_version"),
                        rows.getString("software_version")),
                rows.getTimestamp("first_seen").toInstant(),
                rows.getTimestamp("last_seen").toInstant(),
                rows.getString("protocol_versions"),
                rows.getString("model_hash"),
                rows.getInt("parameter_count"),
                rows.getBoolean("onboarded"),
                List.of((String[]) rows.getArray("tags").getArray()),
                health(rows));
    }

    private static OptionalInt health(ResultSet rows) throws SQLException {
        int score = rows.getInt("health");
        return rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(score);
    }
}
