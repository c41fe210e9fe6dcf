// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.server.postgres.PostgresTemplate;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// The whole server on free ports in a folder of its own, with a client that is signed in.
final class TestServer implements AutoCloseable {
    private static final class Shared {
        static final TestServer SERVER = sharedServer();
    }

    private final Path folder;
    private final RunningServer server;

    private TestServer(Path folder, RunningServer server) {
        this.folder = folder;
        this.server = server;
    }

    /// One for all tests that change nothing others see; it ends with this JVM.
    static TestServer shared() {
        return Shared.SERVER;
    }

    private static TestServer sharedServer() {
        try {
            ServerOptions options = options(Files.createTempDirectory("pharos-server"));
            options.cwmp = new Port(0);
            options.cwmpNotify = new Port(0);
            options.bbfApi = true;
            TestServer server = with(options);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (StartException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static TestServer in(Path folder) throws StartException {
        return with(options(folder));
    }

    /// Where it would make a database of its own, it finds an empty one with its tables: making one takes seconds.
    static TestServer with(ServerOptions options) throws StartException {
        if (options.kept.database == null && !Files.exists(options.kept.folder().resolve("postgres"))) {
            try {
                PostgresTemplate.withTables(options.kept.folder());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return new TestServer(options.kept.folder(), RunningServer.start(options));
    }

    static ServerOptions options(Path folder) {
        ServerOptions options = new ServerOptions();
        options.kept.data = folder;
        options.http = new Port(0);
        options.ws = new Port(0);
        options.mqtt = Port.OFF;
        options.stomp = Port.OFF;
        options.cwmp = Port.OFF;
        return options;
    }

    Path folder() {
        return folder;
    }

    URI url() {
        return URI.create(server.pageUrl());
    }

    /// Where agents connect.
    URI ws() {
        return URI.create(String.valueOf(server.listeners().get("ws")));
    }

    /// Where MQTT clients connect, where it listens for them.
    URI mqtt() {
        return URI.create(String.valueOf(server.listeners().get("mqtt")));
    }

    /// Where devices of TR-069 come to, where it listens for them.
    URI acs() {
        return URI.create(String.valueOf(server.listeners().get("cwmp")));
    }

    /// Where they send notifications by datagram, where it hears them.
    URI notifications() {
        return URI.create(String.valueOf(server.listeners().get("cwmp-notify")));
    }

    String readyLine() {
        return server.readyLine();
    }

    static EndpointId id() {
        return EndpointId.of("self::pharos");
    }

    Rest rest() {
        return Rest.of(folder.resolve("connection.json"));
    }

    /// Ends it before its scope does.
    void stop() {
        close();
    }

    @Override
    public void close() {
        server.close();
    }
}
