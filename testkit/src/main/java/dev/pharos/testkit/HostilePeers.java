// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// Peers that mean no good, against one listener of any transport: they keep silent, stop half-way, send rubbish,
/// too much or too large, never read, or vanish. After each kind others must be served, who cannot be understood
/// must be gone, and in the end nothing is left of any.
///
/// Needs Linux, to count what the process has open.
public final class HostilePeers implements AutoCloseable {
    private static final int PEERS = 4;
    private static final int RUBBISH_BYTES = 64 * 1024;
    private static final int FLOOD_BYTES = 24 * 1024 * 1024;
    private static final Duration FLOOD_TIME = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// What is attacked, and what its transport looks like on the wire.
    public interface Target {
        SocketAddress address();

        /// What opens a session that is let in.
        ///
        /// @param name the Endpoint ID of who opens it; each comes once
        byte[] opening(String name);

        /// One message of a session, with a payload of this many bytes, at most 60,000.
        byte[] message(int payloadBytes);

        /// The beginning of a message of more bytes than any Record may have.
        byte[] oversized();

        /// A message that never ends, where the transport knows one.
        Optional<Endless> endless();

        /// Whether a message that is too large ends the session at once; else its bytes are dropped as they come.
        default boolean endsWhatIsTooLarge() {
            return true;
        }

        /// A good peer is let in, and what it sends arrives.
        ///
        /// @throws Exception where that is not so
        void serveOthers() throws Exception;
    }

    /// A message that never ends.
    ///
    /// @param piece sent again and again
    public record Endless(Bytes start, Bytes piece) {}

    private enum Attack {
        /// Connects, and that is all.
        SILENCE(false),
        /// Half of what opens a session.
        HALF_OPENING(false),
        /// The opening, one byte at a time, and then nothing.
        BYTE_BY_BYTE(false),
        RUBBISH(true),
        RUBBISH_IN_A_SESSION(true),
        OVERSIZED(true),
        /// Half a message, and gone without a word.
        VANISHING(false),
        /// As many messages as the listener takes, and never reads an answer.
        FLOOD_AND_DEAF(false),
        /// A message that never ends.
        ENDLESS(true);

        private final boolean mustBeGone;

        Attack(boolean mustBeGone) {
            this.mustBeGone = mustBeGone;
        }
    }

    private final Target target;
    private final List<SocketChannel> held = new ArrayList<>();
    private final List<SocketChannel> silent = new ArrayList<>();
    private final Leftovers before;

    private HostilePeers(Target target) throws Exception {
        this.target = target;
        // what is made once, such as pools, is no leak
        target.serveOthers();
        SocketChannel.open(target.address()).close();
        before = Leftovers.sinceNow();
    }

    public static HostilePeers against(Target target) throws Exception {
        return new HostilePeers(target);
    }

    /// Begins TLS handshakes on this host: each says its ClientHello, and nothing more.
    ///
    /// @return each with its connection, for [#end]
    public static List<Socket> beginHandshakes(int port, int many) throws IOException {
        byte[] hello = clientHello();
        List<Socket> begun = new ArrayList<>();
        for (int next = 0; next < many; next++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            begun.add(socket);
            socket.getOutputStream().write(hello);
        }
        return begun;
    }

    private static byte[] clientHello() throws IOException {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            return Arrays.copyOf(hello.array(), hello.position());
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException(none);
        }
    }

    /// Ends what was begun.
    public static void end(List<Socket> begun) throws IOException {
        for (Socket socket : begun) {
            socket.close();
        }
    }

    /// Runs every attack, with several peers at once each.
    ///
    /// @throws AssertionError where somebody who cannot be understood stays, or others are not served
    public void attack() throws Exception {
        for (Attack attack : Attack.values()) {
            if (attack == Attack.ENDLESS && target.endless().isEmpty()) {
                continue;
            }
            List<SocketChannel> peers = new ArrayList<>();
            for (int i = 0; i < PEERS; i++) {
                peers.add(SocketChannel.open(target.address()));
            }
            atOnce(peers, attack);
            try {
                target.serveOthers();
            } catch (Exception | AssertionError failed) {
                throw new AssertionError("others are not served during " + attack, failed);
            }
            boolean tooLarge = attack == Attack.OVERSIZED || attack == Attack.ENDLESS;
            if (attack.mustBeGone && (!tooLarge || target.endsWhatIsTooLarge())) {
                for (SocketChannel peer : peers) {
                    if (!isGone(peer, PATIENCE)) {
                        throw new AssertionError("who sent " + attack + " is still there");
                    }
                }
            }
            switch (attack) {
                case SILENCE, HALF_OPENING -> silent.addAll(peers);
                case BYTE_BY_BYTE, FLOOD_AND_DEAF -> held.addAll(peers);
                case RUBBISH, RUBBISH_IN_A_SESSION, OVERSIZED, VANISHING, ENDLESS -> closeAll(peers);
            }
        }
    }

    private void atOnce(List<SocketChannel> peers, Attack attack) throws Exception {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < peers.size(); i++) {
                SocketChannel peer = peers.get(i);
                String name = "proto::hostile-" + attack.name().toLowerCase(Locale.ROOT) + "-" + i;
                Random random = new Random(i);
                tasks.add(() -> {
                    act(attack, peer, target.opening(name), random);
                    return null;
                });
            }
            for (Future<Void> done : each.invokeAll(tasks)) {
                done.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError("the attack " + attack + " could not be made", failed.getCause());
        }
    }

    private void act(Attack attack, SocketChannel peer, byte[] opening, Random random)
            throws IOException, InterruptedException {
        switch (attack) {
            case SILENCE -> {}
            case HALF_OPENING -> write(peer, Arrays.copyOf(opening, opening.length / 2));
            case BYTE_BY_BYTE -> {
                for (byte one : opening) {
                    write(peer, new byte[] {one});
                }
            }
            case RUBBISH -> write(peer, rubbish(random));
            case RUBBISH_IN_A_SESSION -> {
                write(peer, opening);
                write(peer, rubbish(random));
            }
            case OVERSIZED -> {
                write(peer, opening);
                write(peer, target.oversized());
                pour(peer, new byte[RUBBISH_BYTES], FLOOD_TIME);
            }
            case VANISHING -> {
                write(peer, opening);
                byte[] message = target.message(10_000);
                write(peer, Arrays.copyOf(message, message.length / 2));
                if (peer.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
                    peer.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                peer.close();
            }
            case FLOOD_AND_DEAF -> {
                write(peer, opening);
                pour(peer, target.message(1_000), FLOOD_TIME);
            }
            case ENDLESS -> {
                Endless endless = target.endless().orElseThrow();
                write(peer, opening);
                write(peer, endless.start().toByteArray());
                pour(peer, endless.piece().toByteArray(), PATIENCE);
            }
        }
    }

    private static byte[] rubbish(Random random) {
        byte[] bytes = new byte[RUBBISH_BYTES];
        random.nextBytes(bytes);
        // so that no transport takes it for the beginning of something long
        Arrays.fill(bytes, 0, 8, (byte) 0xFF);
        return bytes;
    }

    /// Writes what the listener takes; who is thrown out half-way has got what it wanted.
    private static void write(SocketChannel peer, byte[] bytes) throws IOException, InterruptedException {
        pour(peer, ByteBuffer.wrap(bytes), System.nanoTime() + PATIENCE.toNanos());
    }

    private static void pour(SocketChannel peer, byte[] again, Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long written = 0; written < FLOOD_BYTES && System.nanoTime() < end; written += again.length) {
            if (!pour(peer, ByteBuffer.wrap(again), end)) {
                return;
            }
        }
    }

    /// @return false where the other side has ended it, or takes no more until the end of the time
    private static boolean pour(SocketChannel peer, ByteBuffer bytes, long end)
            throws IOException, InterruptedException {
        peer.configureBlocking(false);
        while (bytes.hasRemaining()) {
            try {
                if (peer.write(bytes) == 0) {
                    if (System.nanoTime() > end) {
                        return false;
                    }
                    Thread.sleep(1);
                }
            } catch (IOException ended) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGone(SocketChannel peer, Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        peer.configureBlocking(false);
        ByteBuffer last = ByteBuffer.allocate(RUBBISH_BYTES);
        while (System.nanoTime() < end) {
            try {
                int read = peer.read(last.clear());
                if (read < 0) {
                    return true;
                }
                if (read == 0) {
                    Thread.sleep(5);
                }
            } catch (IOException reset) {
                return true;
            }
        }
        return false;
    }

    /// Those who never opened a session have been thrown out, by a deadline of the listener's own.
    ///
    /// @throws AssertionError where one is still there
    public void assertSilentOnesAreGone() throws IOException, InterruptedException {
        for (SocketChannel peer : silent) {
            if (!isGone(peer, PATIENCE)) {
                throw new AssertionError("a peer that opened no session is still there");
            }
        }
    }

    /// Lets all go, and finds nothing of them: no file, no thread, no memory.
    ///
    /// @throws AssertionError naming what is left
    public void assertNothingIsLeft() throws Exception {
        leave();
        before.assertNothingMore();
        target.serveOthers();
    }

    private static void closeAll(List<SocketChannel> peers) throws IOException {
        for (SocketChannel peer : peers) {
            peer.close();
        }
        peers.clear();
    }

    /// Lets all go.
    public void leave() throws IOException {
        closeAll(held);
        closeAll(silent);
    }

    @Override
    public void close() throws IOException {
        leave();
    }
}
