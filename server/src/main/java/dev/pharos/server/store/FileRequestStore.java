// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.server.store.DeviceFileStore.Keeping;
import dev.pharos.server.store.DeviceFileStore.StoredFile;
import dev.pharos.usp.EndpointId;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What devices were asked to do with files, the last ones of each.
public final class FileRequestStore {
    private static final String SELECT =
            "select r.*, d.id as device from file_requests r join devices d on d.no = r.device_no ";

    private final Database database;
    private final DeviceFileStore files;

    public FileRequestStore(Database database, DeviceFileStore files) {
        this.database = database;
        this.files = files;
    }

    /// Where the files are.
    public DeviceFileStore files() {
        return files;
    }

    /// How it stands with a request.
    public enum State {
        /// The device works on it, or we do not know better.
        RUNNING,
        /// The file is here; or the device has taken it.
        COMPLETE,
        FAILED,
        /// Its link has expired without anything.
        LOST;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /// A request as it is kept.
    ///
    /// @param number of the device's file of this kind
    /// @param name as the device calls the file
    /// @param key what comes back when the device is done
    /// @param expires when its link is good no more
    /// @param file that came of it, or that the device is to take; empty where there is none, or none any more
    /// @param fault why it failed, or what came of the last try; else empty
    public record FileRequest(
            long id,
            EndpointId device,
            FileAction action,
            int number,
            String name,
            String key,
            State state,
            Instant begun,
            String by,
            Instant expires,
            Optional<Instant> ended,
            Optional<Long> file,
            String fault) {}

    /// Keeps that one begins, and forgets the oldest ones of the device that have ended.
    ///
    /// @param open that may run at once on this device
    /// @param kept of this device
    /// @return its number; empty where as many as may run do
    public Optional<Long> begin(FileRequest request, int open, int kept) {
        String device = Storable.text(request.device().toString());
        lapse(request.begun());
        return database.inTransaction(handle -> {
            Optional<Long> id = handle.createQuery("""
                            insert into file_requests (device_no, action, number, name, command_key, state, begun,
                                begun_by, expires, file_id, fault)
                            select no, :action, :number, :name, :key, 'running', :begun, :by, :expires,
                                cast(:file as bigint), ''
                            from devices d where id = :device and (select count(*) from file_requests r
                                where r.device_no = d.no and r.state = 'running') < :open
                            returning id
                            """)
                    .bind("device", device)
                    .bind("action", request.action().text())
                    .bind("number", request.number())
                    .bind("name", Storable.text(request.name()))
                    .bind("key", request.key())
                    .bind("begun", Storable.time(request.begun()))
                    .bind("by", Storable.text(request.by()))
                    .bind("expires", Storable.time(request.expires()))
                    .bind("file", request.file().orElse(null))
                    .bind("open", open)
                    .mapTo(Long.class)
                    .findOne();
            handle.createUpdate("""
                            delete from file_requests r using devices d
                            where d.id = :device and r.device_no = d.no and r.state <> 'running' and r.id <= (
                                select id from file_requests k where k.device_no = d.no
                                order by id desc offset :kept limit 1)
                            """).bind("device", device).bind("kept", kept).execute();
            return id;
        });
    }

    /// It did not even begin.
    public void remove(String key) {
        database.with(handle -> handle.execute("delete from file_requests where command_key = ?", key));
    }

    /// Keeps the file that a device was asked for, once: of two that come, one.
    ///
    /// @return empty where there is one already, or the request has ended
    public Optional<StoredFile> received(FileRequest request, StoredFile file, InputStream content, Keeping keeping) {
        return files.add(
                file,
                content,
                keeping,
                (handle, id) -> handle.createUpdate("""
                                update file_requests set file_id = :file, state = 'complete', ended = :now, fault = ''
                                where id = :id and state = 'running' and file_id is null
                                """)
                                .bind("id", request.id())
                                .bind("file", id)
                                .bind("now", Storable.time(file.received()))
                                .execute()
                        > 0);
    }

    /// Notes why a try came to nothing; the device may try again.
    public void tried(long id, String why) {
        database.with(handle -> handle.execute(
                "update file_requests set fault = ? where id = ? and state = 'running'", Storable.text(why), id));
    }

    /// Keeps how one ended, once.
    ///
    /// @param device whose it is: nobody ends those of others
    public void end(EndpointId device, String key, State state, Instant time, String fault) {
        database.with(handle -> handle.createUpdate("""
                        update file_requests set state = :state, ended = :ended,
                            fault = case when :fault = '' then ''
                                when fault = '' then :fault else :fault || ' (' || fault || ')' end
                        where command_key = :key and state in ('running', 'lost')
                            and device_no = (select no from devices where id = :device)
                        """)
                .bind("key", key)
                .bind("device", Storable.text(device.toString()))
                .bind("state", state.text())
                .bind("ended", Storable.time(time))
                .bind("fault", Storable.text(fault))
                .execute());
    }

    public Optional<FileRequest> find(long id) {
        return database.with(handle -> handle.createQuery(SELECT + "where r.id = :id")
                .bind("id", id)
                .map((rows, context) -> request(rows))
                .findOne());
    }

    public Optional<FileRequest> find(String key) {
        return database.with(handle -> handle.createQuery(SELECT + "where r.command_key = :key")
                .bind("key", key)
                .map((rows, context) -> request(rows))
                .findOne());
    }

    /// The newest first.
    public List<FileRequest> of(EndpointId device) {
        return database.with(handle -> handle.createQuery(SELECT + "where d.id = :device order by r.id desc")
                .bind("device", Storable.text(device.toString()))
                .map((rows, context) -> request(rows))
                .list());
    }

    /// Those whose link has expired are lost.
    public void lapse(Instant now) {
        database.with(handle -> handle.execute(
                "update file_requests set state = 'lost', ended = expires where state = 'running' and expires < ?",
                Storable.time(now)));
    }

    private static FileRequest request(ResultSet rows) throws SQLException {
        @Nullable Timestamp ended = rows.getTimestamp("ended");
        long file = rows.getLong("file_id");
        boolean none = rows.wasNull();
        return new FileRequest(
                rows.getLong("id"),
                EndpointId.of(rows.getString("device")),
                FileAction.of(rows.getString("action")).orElseThrow(),
                rows.getInt("number"),
                rows.getString("name"),
                rows.getString("command_key"),
                State.of(rows.getString("state")),
                rows.getTimestamp("begun").toInstant(),
                rows.getString("begun_by"),
                rows.getTimestamp("expires").toInstant(),
                Optional.ofNullable(ended).map(Timestamp::toInstant),
                none ? Optional.empty() : Optional.of(file),
                rows.getString("fault"));
    }
}
