// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives packets of UDP back to one host, and to nobody else (TR-143 appendix A): a device that answered everybody
/// could be made to send others what they did not ask for.
final class UdpEchoServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UdpEchoServer.class);
    private static final long MASK = 0xFFFF_FFFFL;

    private final DatagramChannel channel;
    private final InetAddress source;
    private final boolean plus;
    private final Counts counts;

    private UdpEchoServer(DatagramChannel channel, InetAddress source, boolean plus, Counts counts) {
        this.channel = channel;
        this.source = source;
        this.plus = plus;
        this.counts = counts;
    }

    /// What it has done since it was enabled. Thread-safe.
    static final class Counts {
        final AtomicLong packetsReceived = new AtomicLong();
        final AtomicLong packetsResponded = new AtomicLong();
        final AtomicLong bytesReceived = new AtomicLong();
        final AtomicLong bytesResponded = new AtomicLong();
        private volatile Optional<Instant> first = Optional.empty();
        private volatile Optional<Instant> last = Optional.empty();

        Optional<Instant> first() {
            return first;
        }

        Optional<Instant> last() {
            return last;
        }

        private void received(int bytes) {
            Instant now = Instant.now();
            first = first.or(() -> Optional.of(now));
            last = Optional.of(now);
            packetsReceived.incrementAndGet();
            bytesReceived.addAndGet(bytes);
        }

        private void responded(int bytes) {
            packetsResponded.incrementAndGet();
            bytesResponded.addAndGet(bytes);
        }
    }

    /// @param own where it listens; the wildcard address for everywhere
    /// @param source whom it answers
    /// @param plus whether it fills in what UDPEchoPlus has
    /// @throws IOException where it cannot listen there
    static UdpEchoServer open(InetSocketAddress own, InetAddress source, boolean plus, Counts counts)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        boolean opened = false;
        try {
            channel.bind(own);
            UdpEchoServer server = new UdpEchoServer(channel, source, plus, counts);
            Thread.ofVirtual().name("udp-echo").start(server::serve);
            opened = true;
            return server;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private void serve() {
        ByteBuffer data = ByteBuffer.allocate(Limits.BUFFER);
        while (channel.isOpen()) {
            try {
                data.clear();
                SocketAddress from = channel.receive(data);
                long received = micros();
                data.flip();
                // a packet may still get in while the channel closes
                if (channel.isOpen()
                        && from instanceof InetSocketAddress who
                        && who.getAddress().equals(source)) {
                    counts.received(data.remaining());
                    answer(data, who, received);
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException odd) {
                LOG.debug("a packet was not given back: {}", odd.getMessage());
            }
        }
    }

    private void answer(ByteBuffer data, InetSocketAddress to, long received) throws IOException {
        int size = data.remaining();
        if (plus && size >= EchoPlus.BYTES) {
            long responses = counts.packetsResponded.get();
            // this one is received, and not yet answered
            long failures = counts.packetsReceived.get() - responses - 1;
            new EchoPlus(EchoPlus.read(data).generated(), responses + 1, received, micros(), failures).write(data);
        }
        if (channel.send(data, to) == size) {
            counts.responded(size);
        }
    }

    /// As TR-143 has it: of any clock, in 32 bits.
    private static long micros() {
        return (System.nanoTime() / 1_000) & MASK;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            LOG.debug("the UDP echo server was closed already: {}", alreadyGone.getMessage());
        }
    }
}
