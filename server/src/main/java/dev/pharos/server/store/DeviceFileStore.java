// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Files of devices, the last ones of each, with all their bytes.
public final class DeviceFileStore {
    private static final String SELECT =
            "select f.*, d.id as device from device_files f join devices d on d.no = f.device_no ";

    private final Database database;

    public DeviceFileStore(Database database) {
        this.database = database;
    }

    /// What is known of a file.
    ///
    /// @param id 0 where it has none yet
    /// @param name as the device calls it
    /// @param by who wanted it, or put it here
    public record StoredFile(
            long id,
            EndpointId device,
            FileKind kind,
            String name,
            long size,
            Bytes sha256,
            Instant received,
            String by) {}

    /// How much is kept of a device.
    ///
    /// @param part bytes that are written and read at once
    /// @param files of one kind; the oldest go
    /// @param bytes of one kind
    public record Keeping(int part, int files, long bytes) {}

    /// The newest first.
    public List<StoredFile> of(EndpointId device) {
        return database.with(handle -> handle.createQuery(SELECT + "where d.id = :device order by f.id desc")
                .bind("device", Storable.text(device.toString()))
                .map((rows, context) -> file(rows))
                .list());
    }

    public Optional<StoredFile> find(EndpointId device, long id) {
        return database.with(handle -> handle.createQuery(SELECT + "where d.id = :device and f.id = :id")
                .bind("device", Storable.text(device.toString()))
                .bind("id", id)
                .map((rows, context) -> file(rows))
                .findOne());
    }

    /// What else has to be so for a file to be kept.
    @FunctionalInterface
    interface Condition {
        /// @param file its number
        boolean holds(Handle handle, long file);
    }

    /// Keeps a file, and forgets the oldest ones of its kind.
    ///
    /// @param content as many bytes as the file has
    /// @return it with its number; empty where the device is not known any more
    public Optional<StoredFile> add(StoredFile file, InputStream content, Keeping keeping) {
        return add(file, content, keeping, (handle, id) -> true);
    }

    Optional<StoredFile> add(StoredFile file, InputStream content, Keeping keeping, Condition condition) {
        return database.inTransaction(handle -> {
            Optional<Long> id = handle.createQuery("""
                            insert into device_files (device_no, kind, name, size, sha256, received, by)
                            select no, :kind, :name, :size, :sha256, :received, :by from devices where id = :device
                            returning id
                            """)
                    .bind("device", Storable.text(file.device().toString()))
                    .bind("kind", file.kind().text())
                    .bind("name", Storable.text(file.name()))
                    .bind("size", file.size())
                    .bind("sha256", file.sha256().toByteArray())
                    .bind("received", Storable.time(file.received()))
                    .bind("by", Storable.text(file.by()))
                    .mapTo(Long.class)
                    .findOne();
            if (id.isEmpty() || !condition.holds(handle, id.get())) {
                handle.rollback();
                return Optional.empty();
            }
            write(handle, id.get(), content, keeping.part());
            forgetOldest(handle, file, keeping);
            return Optional.of(new StoredFile(
                    id.get(),
                    file.device(),
                    file.kind(),
                    file.name(),
                    file.size(),
                    file.sha256(),
                    file.received(),
                    file.by()));
        });
    }

    private static void write(Handle handle, long file, InputStream content, int size) {
        try {
            int no = 0;
            for (byte[] part = content.readNBytes(size); part.length > 0; part = content.readNBytes(size)) {
                PreparedBatch batch = handle.prepareBatch(
                        "insert into device_file_parts (file_id, no, bytes) values (:file, :no, :bytes)");
                batch.bind("file", file).bind("no", no++).bind("bytes", part).add();
                int[] _ = batch.execute();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void forgetOldest(Handle handle, StoredFile file, Keeping keeping) {
        handle.createUpdate("""
                        delete from device_files where id in (
                            select id from (
                                select f.id, row_number() over newest as files, sum(f.size) over newest as bytes
                                from device_files f join devices d on d.no = f.device_no
                                where d.id = :device and f.kind = :kind
                                window newest as (order by f.id desc)) k
                            where k.files > :files or (k.files > 1 and k.bytes > :bytes))
                        """)
                .bind("device", Storable.text(file.device().toString()))
                .bind("kind", file.kind().text())
                .bind("files", keeping.files())
                .bind("bytes", keeping.bytes())
                .execute();
    }

    /// A part of a file's bytes.
    ///
    /// @param no from 0
    /// @return empty behind the last one, or where the file is gone
    public Optional<byte[]> part(long file, int no) {
        return database.with(
                handle -> handle.createQuery("select bytes from device_file_parts where file_id = :file and no = :no")
                        .bind("file", file)
                        .bind("no", no)
                        .mapTo(byte[].class)
                        .findOne());
    }

    /// @return whether it was there
    public boolean remove(long id) {
        return database.with(handle -> handle.execute("delete from device_files where id = ?", id) > 0);
    }

    public void deleteBefore(Instant time) {
        database.with(handle -> handle.execute("delete from device_files where received < ?", Storable.time(time)));
    }

    private static StoredFile file(ResultSet rows) throws SQLException {
        return new StoredFile(
                rows.getLong("id"),
                EndpointId.of(rows.getString("device")),
                FileKind.of(rows.getString("kind")),
                rows.getString("name"),
                rows.getLong("size"),
                Bytes.adopt(rows.getBytes("sha256")),
                rows.getTimestamp("received").toInstant(),
                rows.getString("by"));
    }
}
