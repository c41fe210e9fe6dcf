// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// What [HostilePeers] are on streams, by datagrams: they send rubbish, halves, too much or too large, from one
/// socket or from many, and never read an answer. During each kind others must be served, and in the end nothing
/// is left of any. Nobody can be thrown out, since nobody is connected: what cannot be understood must just be
/// without effect.
///
/// They come from an address of their own on this host, `127.0.0.2`, so that others are at another one.
public final class HostileDatagrams {
    private static final InetAddress OWN = InetAddress.ofLiteral("127.0.0.2");
    private static final int PEERS = 4;
    private static final int CROWD = 300;
    private static final int RUBBISH_BYTES = 1_200;
    private static final Duration FLOOD_TIME = Duration.ofMillis(400);

    /// What is attacked, and what its transport looks like in datagrams.
    public interface Target {
        InetSocketAddress address();

        /// What begins a session that is let in, as far as one datagram can.
        ///
        /// @param name the Endpoint ID of who opens it
        /// @param from where its sender is, and wants its answers
        /// @param number differs from datagram to datagram of one sender
        byte[] opening(String name, InetSocketAddress from, int number);

        /// The beginning of a message, of which the rest never comes.
        byte[] half(InetSocketAddress from, int number);

        /// What says that more follows than any Record may have.
        byte[] oversized(InetSocketAddress from, int number);

        /// A good peer at another address is let in, and what it sends arrives.
        ///
        /// @throws Exception where that is not so
        void serveOthers() throws Exception;
    }

    private enum Attack {
        RUBBISH(PEERS),
        RUBBISH_IN_A_SESSION(PEERS),
        /// All beginnings of what opens a session.
        CUT_OFF(PEERS),
        HALVES(PEERS),
        OVERSIZED(PEERS),
        FLOOD_AND_DEAF(PEERS),
        /// Each as often as the others, and each somebody else.
        CROWD_OF_STRANGERS(CROWD);

        private final int sockets;

        Attack(int sockets) {
            this.sockets = sockets;
        }
    }

    private final Target target;
    private final Leftovers before;

    private HostileDatagrams(Target target) throws Exception {
        this.target = target;
        // what is made once, such as pools, is no leak
        target.serveOthers();
        before = Leftovers.sinceNow();
    }

    public static HostileDatagrams against(Target target) throws Exception {
        return new HostileDatagrams(target);
    }

    /// Runs every attack, while others come, and looks what is left.
    ///
    /// @throws AssertionError where others are not served, or something is left
    public void attack() throws Exception {
        for (Attack attack : Attack.values()) {
            List<DatagramSocket> peers = new ArrayList<>();
            try {
                for (int i = 0; i < attack.sockets; i++) {
                    peers.add(new DatagramSocket(0, OWN));
                }
                pour(attack, peers);
                serveOthers(attack);
            } finally {
                peers.forEach(DatagramSocket::close);
            }
        }
        before.assertNothingMore();
        target.serveOthers();
    }

    private void serveOthers(Attack attack) {
        try {
            target.serveOthers();
        } catch (Exception | AssertionError failed) {
            throw new AssertionError("others are not served during " + attack, failed);
        }
    }

    private void pour(Attack attack, List<DatagramSocket> peers) throws IOException {
        Random random = new Random(1);
        long end = System.nanoTime() + FLOOD_TIME.toNanos();
        for (int number = 0; System.nanoTime() < end; number++) {
            for (int i = 0; i < peers.size(); i++) {
                DatagramSocket peer = peers.get(i);
                byte[] bytes = bytes(attack, name(attack, i), peer, number, random);
                peer.send(new DatagramPacket(bytes, bytes.length, target.address()));
            }
        }
    }

    private static String name(Attack attack, int peer) {
        return "proto::hostile-" + attack.name().toLowerCase(Locale.ROOT) + "-" + peer;
    }

    private byte[] bytes(Attack attack, String name, DatagramSocket peer, int number, Random random) {
        InetSocketAddress from = new InetSocketAddress(OWN, peer.getLocalPort());
        byte[] opening = target.opening(name, from, number);
        return switch (attack) {
            case RUBBISH -> rubbish(random);
            case RUBBISH_IN_A_SESSION -> number == 0 ? opening : rubbish(random);
            case CUT_OFF -> Arrays.copyOf(opening, number % opening.length);
            case HALVES -> target.half(from, number);
            case OVERSIZED -> target.oversized(from, number);
            case FLOOD_AND_DEAF, CROWD_OF_STRANGERS -> opening;
        };
    }

    private static byte[] rubbish(Random random) {
        byte[] bytes = new byte[random.nextInt(RUBBISH_BYTES)];
        random.nextBytes(bytes);
        return bytes;
    }
}
