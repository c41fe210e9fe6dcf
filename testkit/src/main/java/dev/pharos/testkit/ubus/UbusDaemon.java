// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit.ubus;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A ubusd for tests. Answers on the wire as OpenWrt's does, but for access control: every client has all
/// rights, as root has there.
public final class UbusDaemon implements Closeable {
    private final Path socket;
    private final List<String> invoked = new CopyOnWriteArrayList<>();
    private final Random random = new Random();
    private final Set<BusClient> clients = new HashSet<>();
    private @Nullable ServerSocketChannel listening;
    private Bus bus;

    private UbusDaemon(Path socket, Bus bus) {
        this.socket = socket;
        this.bus = bus;
    }

    /// Listens at this path, which nothing may have.
    public static UbusDaemon at(Path socket) throws IOException {
        UbusDaemon daemon = new UbusDaemon(socket, new Bus("", "", new CopyOnWriteArrayList<>()));
        daemon.start();
        return daemon;
    }

    /// Begins to listen again after [#stop], knowing nothing of before.
    public synchronized void start() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        listening = server;
        PosixFileAttributes file = Files.readAttributes(socket, PosixFileAttributes.class);
        Bus fresh = new Bus(file.owner().getName(), file.group().getName(), invoked);
        bus = fresh;
        Thread.ofVirtual().name("ubusd-accept").start(() -> accept(server, fresh));
    }

    /// Goes, with all connections, as when it is killed.
    public synchronized void stop() throws IOException {
        ServerSocketChannel server = listening;
        if (server != null) {
            listening = null;
            server.close();
            Files.deleteIfExists(socket);
        }
        clients.forEach(BusClient::close);
        clients.clear();
    }

    private void accept(ServerSocketChannel server, Bus fresh) {
        try {
            while (true) {
                admit(server.accept(), fresh);
            }
        } catch (IOException closed) {
            // stopped
        }
    }

    private synchronized void admit(SocketChannel channel, Bus fresh) throws IOException {
        if (fresh != bus || listening == null) {
            channel.close();
            return;
        }
        BusClient client = new BusClient(1024 + random.nextInt(Integer.MAX_VALUE - 1024), channel);
        clients.add(client);
        fresh.welcome(client);
        client.start(fresh);
    }

    /// What was called of named objects since the beginning, in order: path and method, as `network reload`.
    public List<String> invoked() {
        return List.copyOf(invoked);
    }

    public Path socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
