// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What is known of firmware images; their bytes are files. Software modules are kept beside them, and have numbers of
/// the same row: what [ModuleStore] knows of them is more.
public final class FirmwareStore {
    private final Database database;

    public FirmwareStore(Database database) {
        this.database = database;
    }

    /// An image as it is kept.
    ///
    /// @param id 0 where it has none yet
    /// @param fileName as devices are to see it
    /// @param devices a query for those that it is meant for; empty for all
    /// @param file the name of its file among those of all images
    public record StoredImage(
            long id,
            String name,
            String version,
            String fileName,
            long size,
            Bytes sha256,
            String devices,
            String note,
            Instant uploaded,
            String uploadedBy,
            UUID file) {}

    /// The newest first.
    public List<StoredImage> all() {
        return database.with(
                handle -> handle.createQuery("select * from firmware_images where kind = 'firmware' order by id desc")
                        .map((rows, context) -> image(rows))
                        .list());
    }

    /// The files of all images and modules.
    public Set<UUID> files() {
        return database.with(handle -> handle.createQuery("select file from firmware_images")
                .mapTo(UUID.class)
                .collectIntoSet());
    }

    public Optional<StoredImage> find(long id) {
        return database.with(
                handle -> handle.createQuery("select * from firmware_images where id = :id and kind = 'firmware'")
                        .bind("id", id)
                        .map((rows, context) -> image(rows))
                        .findOne());
    }

    /// An image or a module, as devices fetch it.
    public Optional<StoredImage> stored(long id) {
        return database.with(handle -> handle.createQuery("select * from firmware_images where id = :id")
                .bind("id", id)
                .map((rows, context) -> image(rows))
                .findOne());
    }

    public Optional<StoredImage> find(String name, String version) {
        return database.with(handle -> handle.createQuery(
                        "select * from firmware_images where kind = 'firmware' and name = :name and version = :version")
                .bind("name", Storable.text(name))
                .bind("version", Storable.text(version))
                .map((rows, context) -> image(rows))
                .findOne());
    }

    /// @return it with its number; empty where there is one of this name and version already, or as many images as
    ///     may be
    public Optional<StoredImage> add(StoredImage image) {
        return database.with(handle -> add(handle, image, "firmware", "", Limits.FIRMWARE_IMAGES));
    }

    /// @param vendor of a module; empty for an image
    static Optional<StoredImage> add(Handle handle, StoredImage image, String kind, String vendor, int most) {
        return handle.createQuery("""
                        insert into firmware_images (kind, vendor, name, version, file_name, size, sha256, devices, note,
                            uploaded, uploaded_by, file)
                        select :kind, :vendor, :name, :version, :fileName, :size, :sha256, :devices, :note, :uploaded,
                            :by, :file
                        where (select count(*) from firmware_images where kind = :kind) < :most
                        on conflict (tenant, kind, vendor, name, version) do nothing returning *
                        """)
                .bind("kind", kind)
                .bind("vendor", Storable.text(vendor))
                .bind("name", Storable.text(image.name()))
                .bind("version", Storable.text(image.version()))
                .bind("fileName", Storable.text(image.fileName()))
                .bind("size", image.size())
                .bind("sha256", image.sha256().toByteArray())
                .bind("devices", Storable.text(image.devices()))
                .bind("note", Storable.text(image.note()))
                .bind("uploaded", Storable.time(image.uploaded()))
                .bind("by", Storable.text(image.uploadedBy()))
                .bind("file", image.file())
                .bind("most", most)
                .map((rows, context) -> image(rows))
                .findOne();
    }

    /// @return whether it was there
    public boolean remove(long id) {
        return database.with(handle -> handle.execute("delete from firmware_images where id = ?", id) > 0);
    }

    static StoredImage image(ResultSet rows) throws SQLException {
        return new StoredImage(
                rows.getLong("id"),
                rows.getString("name"),
                rows.getString("version"),
                rows.getString("file_name"),
                rows.getLong("size"),
                Bytes.adopt(rows.getBytes("sha256")),
                rows.getString("devices"),
                rows.getString("note"),
                rows.getTimestamp("uploaded").toInstant(),
                rows.getString("uploaded_by"),
                rows.getObject("file", UUID.class));
    }
}
