// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.Frozen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of software modules, beside what is known of every file of the repository.
public final class ModuleStore {
    private static final String ALL = """
            select i.*, m.uuid, m.signer, m.signature, m.environment, m.architectures, m.memory, m.disk, m.dependencies
            from software_modules m join firmware_images i on i.id = m.image
            """;

    private final Database database;

    public ModuleStore(Database database) {
        this.database = database;
    }

    /// A module as it is kept.
    ///
    /// @param image its file, name, version and the devices that it is meant for
    /// @param vendor a domain name
    /// @param uuid of the deployment unit that it becomes
    /// @param signer who has signed the file; empty where nobody has
    public record StoredModule(
            StoredImage image, String vendor, String uuid, String signer, Optional<Bytes> signature, Needs needs) {
        public long id() {
            return image.id();
        }

        /// Name and version, for people.
        public String called() {
            return image.name() + " " + image.version();
        }
    }

    /// What a device must have.
    ///
    /// @param environment the type of an execution environment, such as `Linux`; empty where any will do
    /// @param architectures of which it has one, as in `Device.DeviceInfo.Processor.{i}.Architecture`; none: any
    /// @param memory KiB that are free in the execution environment, 0 where nothing is said
    /// @param disk KiB, as of memory
    /// @param dependencies other modules: `NAME@VENDOR` or `NAME@VENDOR>=VERSION`
    public record Needs(
            String environment, List<String> architectures, long memory, long disk, List<String> dependencies) {
        public static final Needs NOTHING = new Needs("", List.of(), 0, 0, List.of());

        public Needs {
            architectures = Frozen.list(architectures);
            dependencies = Frozen.list(dependencies);
        }
    }

    /// The newest first.
    public List<StoredModule> all() {
        return database.with(handle -> handle.createQuery(ALL + " order by i.id desc")
                .map((rows, context) -> module(rows))
                .list());
    }

    public Optional<StoredModule> find(long id) {
        return database.with(handle -> handle.createQuery(ALL + " where i.id = :id")
                .bind("id", id)
                .map((rows, context) -> module(rows))
                .findOne());
    }

    public Optional<StoredModule> find(String vendor, String name, String version) {
        return database.with(handle -> handle.createQuery(
                        ALL + " where i.vendor = :vendor and i.name = :name and i.version = :version")
                .bind("vendor", Storable.text(vendor))
                .bind("name", Storable.text(name))
                .bind("version", Storable.text(version))
                .map((rows, context) -> module(rows))
                .findOne());
    }

    /// @return it with its number; empty where there is one of this vendor, name and version already, or as many
    ///     modules as may be
    public Optional<StoredModule> add(StoredModule module) {
        return database.inTransaction(handle -> FirmwareStore.add(
                        handle, module.image(), "module", module.vendor(), Limits.SOFTWARE_MODULES)
                .map(image -> {
                    Needs needs = module.needs();
                    handle.createUpdate("""
                            insert into software_modules
                                (image, uuid, signer, signature, environment, architectures, memory, disk, dependencies)
                            values (:image, :uuid, :signer, :signature, :environment, :architectures, :memory, :disk,
                                :dependencies)
                            """)
                            .bind("image", image.id())
                            .bind("uuid", module.uuid())
                            .bind("signer", Storable.text(module.signer()))
                            .bind(
                                    "signature",
                                    module.signature().map(Bytes::toByteArray).orElse(null))
                            .bind("environment", Storable.text(needs.environment()))
                            .bindArray("architectures", String.class, needs.architectures())
                            .bind("memory", needs.memory())
                            .bind("disk", needs.disk())
                            .bindArray("dependencies", String.class, needs.dependencies())
                            .execute();
                    return new StoredModule(
                            image, module.vendor(), module.uuid(), module.signer(), module.signature(), needs);
                }));
    }

    private static StoredModule module(ResultSet rows) throws SQLException {
        byte @Nullable [] signature = rows.getBytes("signature");
        return new StoredModule(
                FirmwareStore.image(rows),
                rows.getString("vendor"),
                rows.getString("uuid"),
                rows.getString("signer"),
                signature == null ? Optional.empty() : Optional.of(Bytes.adopt(signature)),
                new Needs(
                        rows.getString("environment"),
                        texts(rows, "architectures"),
                        rows.getLong("memory"),
                        rows.getLong("disk"),
                        texts(rows, "dependencies")));
    }

    private static List<String> texts(ResultSet rows, String column) throws SQLException {
        return Arrays.asList((String[]) rows.getArray(column).getArray());
    }
}
