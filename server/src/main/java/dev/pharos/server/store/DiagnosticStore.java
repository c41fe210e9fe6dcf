// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Diagnostics of devices, the last ones of each.
public final class DiagnosticStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final String SELECT =
            "select r.*, d.id as device, q.file_id as file from diagnostics r join devices d on d.no = r.device_no "
                    + "left join file_requests q on q.command_key = r.command_key ";

    private final Database database;
    private final CommandEnds ends;

    public DiagnosticStore(Database database) {
        this.database = database;
        this.ends = new CommandEnds(database);
    }

    /// How it stands with a diagnostic.
    public enum State {
        /// The device works on it, or we do not know better.
        RUNNING,
        /// The device said what it found, which may be an error of the network.
        COMPLETE,
        /// The device could not carry it out.
        FAILED,
        CANCELLED,
        /// No result came for so long that none is expected.
        LOST;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /// A diagnostic as it is kept.
    ///
    /// @param key what comes back when the device is done
    /// @param request the object that stands for it on the device; empty where that is not known
    /// @param inputs without secrets
    /// @param fault why it failed; else empty
    /// @param file of the device that came of it and is still here
    public record StoredDiagnostic(
            long id,
            EndpointId device,
            String kind,
            String key,
            State state,
            Instant begun,
            String by,
            Optional<Instant> ended,
            String request,
            Map<String, String> inputs,
            Map<String, String> outputs,
            String fault,
            Optional<Long> file) {
        public StoredDiagnostic {
            inputs = Frozen.map(inputs);
            outputs = Frozen.map(outputs);
        }
    }

    /// What became of one.
    public record End(State state, Instant time, Map<String, String> outputs, String fault) {
        public End {
            outputs = Frozen.map(outputs);
        }
    }

    /// Keeps that one begins, and forgets the oldest ones of the device that have ended.
    ///
    /// @param open that may run at once on this device
    /// @param kept of this device
    /// @return its number; empty where as many as may run do
    public Optional<Long> begin(StoredDiagnostic run, int open, int kept) {
        String device = Storable.text(run.device().toString());
        return database.inTransaction(handle -> {
            Optional<Long> id = handle.createQuery("""
                            insert into diagnostics (device_no, kind, command_key, state, begun, begun_by, request,
                                inputs, outputs, fault)
                            select no, :kind, :key, 'running', :begun, :by, '', cast(:inputs as jsonb), '{}', ''
                            from devices d where id = :device and (select count(*) from diagnostics r
                                where r.device_no = d.no and r.state = 'running') < :open
                            returning id
                            """)
                    .bind("device", device)
                    .bind("kind", run.kind())
                    .bind("key", run.key())
                    .bind("begun", Storable.time(run.begun()))
                    .bind("by", Storable.text(run.by()))
                    .bind("inputs", json(run.inputs()))
                    .bind("open", open)
                    .mapTo(Long.class)
                    .findOne();
            if (id.isPresent()) {
                handle.createUpdate("""
                                delete from diagnostics r using devices d
                                where d.id = :device and r.device_no = d.no and r.state <> 'running' and r.id <= (
                                    select id from diagnostics k where k.device_no = d.no
                                    order by id desc offset :kept limit 1)
                                """)
                        .bind("device", device)
                        .bind("kept", kept)
                        .execute();
            }
            return id;
        });
    }

    /// The device works on it.
    public void accepted(String key, String request) {
        database.with(handle -> handle.execute(
                "update diagnostics set request = ?, fault = '' where command_key = ? and state = 'running'",
                Storable.text(request),
                key));
    }

    /// Notes why the device does not work on it yet.
    public void delayed(String key, String why) {
        database.with(handle -> handle.execute(
                "update diagnostics set fault = ? where command_key = ? and state = 'running' and request = ''",
                Storable.text(why),
                key));
    }

    /// It did not even begin.
    public void remove(String key) {
        database.with(handle -> handle.execute("delete from diagnostics where command_key = ?", key));
    }

    /// Keeps how one ended, once.
    ///
    /// @param device whose it is: nobody ends those of others
    /// @return whether it had not ended before
    public boolean end(EndpointId device, String key, End end) {
        return database.with(handle -> handle.createUpdate("""
                                update diagnostics set state = :state, ended = :ended,
                                    outputs = cast(:outputs as jsonb), fault = :fault
                                where command_key = :key and state in ('running', 'lost')
                                    and device_no = (select no from devices where id = :device)
                                """)
                        .bind("key", key)
                        .bind("device", Storable.text(device.toString()))
                        .bind("state", end.state().text())
                        .bind("ended", Storable.time(end.time()))
                        .bind("outputs", json(end.outputs()))
                        .bind("fault", Storable.text(end.fault()))
                        .execute()
                > 0);
    }

    public Optional<StoredDiagnostic> find(EndpointId device, long id) {
        return database.with(handle -> handle.createQuery(SELECT + "where d.id = :device and r.id = :id")
                .bind("device", Storable.text(device.toString()))
                .bind("id", id)
                .map((rows, context) -> run(rows))
                .findOne());
    }

    /// The newest first.
    public List<StoredDiagnostic> newest(EndpointId device, int limit) {
        return database.with(
                handle -> handle.createQuery(SELECT + "where d.id = :device order by r.id desc limit :limit")
                        .bind("device", Storable.text(device.toString()))
                        .bind("limit", limit)
                        .map((rows, context) -> run(rows))
                        .list());
    }

    /// Those of a device that run, the oldest first.
    public List<StoredDiagnostic> open(EndpointId device) {
        return database.with(
                handle -> handle.createQuery(SELECT + "where d.id = :device and r.state = 'running' order by r.id")
                        .bind("device", Storable.text(device.toString()))
                        .map((rows, context) -> run(rows))
                        .list());
    }

    /// Those that run, the oldest first.
    public List<StoredDiagnostic> running(int limit) {
        return database.with(
                handle -> handle.createQuery(SELECT + "where r.state = 'running' order by r.begun limit :limit")
                        .bind("limit", limit)
                        .map((rows, context) -> run(rows))
                        .list());
    }

    /// @return empty where the device has said nothing yet
    public Optional<CommandEnds.End> told(StoredDiagnostic run) {
        return ends.find(run.device(), run.key(), run.begun());
    }

    private static String json(Map<String, String> texts) {
        Map<String, String> storable = new LinkedHashMap<>();
        texts.forEach((name, value) -> storable.put(Storable.text(name), Storable.text(value)));
        return JSON.writeValueAsString(storable);
    }

    private static Map<String, String> texts(ResultSet rows, String column) throws SQLException {
        return JSON.readValue(rows.getString(column), TEXTS);
    }

    private static StoredDiagnostic run(ResultSet rows) throws SQLException {
        @Nullable Timestamp ended = rows.getTimestamp("ended");
        long file = rows.getLong("file");
        boolean none = rows.wasNull();
        return new StoredDiagnostic(
                rows.getLong("id"),
                EndpointId.of(rows.getString("device")),
                rows.getString("kind"),
                rows.getString("command_key"),
                State.of(rows.getString("state")),
                rows.getTimestamp("begun").toInstant(),
                rows.getString("begun_by"),
                Optional.ofNullable(ended).map(Timestamp::toInstant),
                rows.getString("request"),
                texts(rows, "inputs"),
                texts(rows, "outputs"),
                rows.getString("fault"),
                none ? Optional.empty() : Optional.of(file));
    }
}
