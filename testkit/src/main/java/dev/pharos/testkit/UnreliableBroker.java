// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A broker that loses, repeats and reorders what it delivers: a real one on this host, reached through a port of ours
/// that passes on what clients say, and of what the broker delivers to them only what the weather lets through. All
/// else that the broker says arrives, so that its sessions stand.
public final class UnreliableBroker implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Weather.Way<byte[]>> ways = new CopyOnWriteArrayList<>();
    private final BrokerProtocol protocol;
    private final int broker;
    private volatile Weather weather;

    /// @param broker the port of the real one
    public UnreliableBroker(BrokerProtocol protocol, int broker, Weather weather) throws IOException {
        this.protocol = protocol;
        this.broker = broker;
        this.weather = weather;
        Thread.ofVirtual().name("unreliable").start(this::accept);
    }

    /// Where clients find it.
    public int port() {
        return listener.getLocalPort();
    }

    /// From now on.
    public void weather(Weather next) {
        weather = next;
    }

    /// What became of the deliveries to all clients so far.
    public Weather.Toll toll() {
        return ways.stream().map(Weather.Way::toll).reduce(Weather.Toll.NONE, Weather.Toll::and);
    }

    /// How many connections there were so far.
    public int sessions() {
        return ways.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), broker);
                open.add(server);
                Weather.Way<byte[]> way = new Weather.Way<>(ways.size() + 1L);
                ways.add(way);
                Thread.ofVirtual().start(() -> ConnectProxy.pour(client, server));
                Thread.ofVirtual().start(() -> deliver(server, client, way));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void deliver(Socket server, Socket client, Weather.Way<byte[]> way) {
        try (InputStream in = new BufferedInputStream(server.getInputStream());
                OutputStream out = client.getOutputStream()) {
            while (true) {
                byte[] packet = protocol.next(in);
                List<byte[]> now =
                        protocol.delivers(packet) ? way.pass(packet, protocol.again(packet), weather) : List.of(packet);
                for (byte[] each : now) {
                    out.write(each);
                }
            }
        } catch (IOException ended) {
            // Both are closed now.
        }
    }

    /// Ends all sessions too.
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
