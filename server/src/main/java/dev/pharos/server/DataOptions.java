// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/// Where everything is that the server keeps.
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:PHAROS_DATA}",
            description = "everything the server keeps (default $PHAROS_DATA, else $XDG_DATA_HOME/pharos, else"
                    + " ~/.local/share/pharos)")
    @Nullable
    Path data;

    @Option(
            names = "--database",
            paramLabel = "URL",
            defaultValue = "${env:PHAROS_DATABASE}",
            description =
                    "a PostgreSQL of your own, 15 or newer: jdbc:postgresql://HOST/NAME?user=…&password=… (default"
                            + " $PHAROS_DATABASE, else one that the server runs itself in DIR)")
    @Nullable
    String database;

    /// The folder of everything that is kept.
    Path folder() {
        Path chosen = data;
        if (chosen != null && !chosen.toString().isEmpty()) {
            return chosen.toAbsolutePath().normalize();
        }
        @Nullable String xdg = System.getenv("XDG_DATA_HOME");
        Path base = xdg == null || xdg.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(xdg);
        return base.resolve("pharos").toAbsolutePath().normalize();
    }

    /// A database of the operator's own.
    ///
    /// @throws StartException where its address is none
    Optional<DataSource> external() throws StartException {
        String url = database;
        if (url == null || url.isEmpty()) {
            return Optional.empty();
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(url.startsWith("jdbc:") ? url : "jdbc:" + url);
        } catch (IllegalArgumentException wrong) {
            throw StartException.usage("--database: not a PostgreSQL URL; it looks like"
                    + " jdbc:postgresql://HOST:5432/NAME?user=NAME&password=SECRET");
        }
        return Optional.of(source);
    }
}
