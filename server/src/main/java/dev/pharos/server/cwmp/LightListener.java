// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.controller.store.StoreException;
import dev.pharos.cwmp.udp.LightweightNotification;
import dev.pharos.server.store.Database;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears what devices tell in datagrams (lightweight notifications, TR-069 Annex N), one after the other, and answers
/// nobody. One thread: what comes faster than it is kept is lost, as datagrams are.
public final class LightListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LightListener.class);

    private final DatagramSocket socket;
    private final Function<String, Optional<CwmpLogins.Known>> logins;
    private final Desk desk;
    private final CwmpListener.Onlooker onlooker;

    /// Takes what is signed.
    @FunctionalInterface
    public interface Desk {
        /// @param device whose password it is signed with
        /// @param from for people
        /// @param loopback whether it came from this host
        /// @return why it is not taken; empty where it is
        Optional<String> heard(EndpointId device, LightweightNotification told, String from, boolean loopback);
    }

    private LightListener(
            DatagramSocket socket,
            Function<String, Optional<CwmpLogins.Known>> logins,
            Desk desk,
            CwmpListener.Onlooker onlooker) {
        this.socket = socket;
        this.logins = logins;
        this.desk = desk;
        this.onlooker = onlooker;
    }

    /// @param onlooker hears of those that are not taken
    /// @throws IOException where the port cannot be had
    public static LightListener listen(
            InetSocketAddress at, CwmpLogins logins, Desk desk, CwmpListener.Onlooker onlooker) throws IOException {
        try {
            LightListener listener = new LightListener(new DatagramSocket(at), logins::known, desk, onlooker);
            Thread.ofPlatform().name("cwmp-notifications").daemon().start(() -> Database.ofTheFleet(listener::run));
            return listener;
        } catch (SocketException taken) {
            throw new IOException(
                    "cannot listen on " + at.getHostString() + " port " + at.getPort() + " over UDP: "
                            + taken.getMessage(),
                    taken);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// `udp://127.0.0.1:7547`
    public String url() {
        String host = socket.getLocalAddress().getHostAddress();
        return "udp://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port();
    }

    private void run() {
        byte[] buffer = new byte[Limits.NOTIFICATION_BYTES];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                hear(packet);
            } catch (IOException broken) {
                if (!socket.isClosed()) {
                    LOG.debug("a notification: {}", broken.toString());
                }
            } catch (StoreException unavailable) {
                LOG.warn("a notification is lost: {}", unavailable.getMessage());
            } catch (RuntimeException defect) {
                LOG.error("a notification could not be taken: a defect of ours", defect);
            }
        }
    }

    private void hear(DatagramPacket packet) {
        InetAddress host = packet.getAddress();
        String from = host.getHostAddress() + ":" + packet.getPort();
        Optional<String> why = LightweightNotification.decode(
                        Bytes.adopt(Arrays.copyOf(packet.getData(), packet.getLength())))
                .map(received -> judged(received, from, host.isLoopbackAddress()))
                .orElse(Optional.of("no notification of TR-069"));
        why.ifPresent(reason -> onlooker.refused(from, "by datagram: " + reason));
    }

    private Optional<String> judged(LightweightNotification.Received received, String from, boolean loopback) {
        LightweightNotification told = received.notification();
        Optional<CwmpLogins.Known> known = logins.apply(told.username());
        // the same words for both, so that nobody learns which names there are
        return known.filter(login -> received.isSignedWith(login.password()))
                .map(login -> desk.heard(login.device(), told, from, loopback))
                .orElse(Optional.of("it is not signed with the password of a login that was made here"));
    }

    @Override
    public void close() {
        socket.close();
    }
}
