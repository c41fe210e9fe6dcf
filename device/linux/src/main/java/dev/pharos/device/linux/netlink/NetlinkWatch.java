// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import dev.pharos.usp.MalformedInputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows the host's network at any time: asks the kernel once and listens from then on. Nothing is polled;
/// where announcements were lost, all is asked for anew.
///
/// The listening thread is a platform thread, since it waits within a native call.
public final class NetlinkWatch implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(NetlinkWatch.class);
    private static final int HEADER = 16;
    private static final int REQUEST_DUMP = 1 | 0x300;

    /// Links, neighbours, and the addresses and routes of IPv4 and IPv6.
    private static final int GROUPS = 0x1 | 0x4 | 0x10 | 0x40 | 0x100 | 0x400;

    private final NetlinkSocket socket;
    private final AtomicBoolean closed = new AtomicBoolean();
    private NetworkState state = new NetworkState();
    private boolean stale;
    private boolean listening;
    private int sequence;

    /// What can be asked for, with the length of the structure that asks.
    private enum Question {
        LINKS(18, 16),
        ADDRESSES(22, 8),
        ROUTES(26, 12),
        NEIGHBOURS(30, 12);

        private final int type;
        private final int body;

        Question(int type, int body) {
            this.type = type;
            this.body = body;
        }
    }

    private NetlinkWatch(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Opens the socket and asks for everything; the kernel answers at once.
    ///
    /// @throws IOException where the kernel or its policy refuses
    public static NetlinkWatch open() throws IOException {
        NetlinkWatch watch = new NetlinkWatch(NetlinkSocket.open(GROUPS));
        try {
            watch.askAll();
            return watch;
        } catch (IOException failed) {
            watch.socket.close();
            throw failed;
        }
    }

    /// What was found by [#open]; not to be called after [#listen].
    public NetworkState found() {
        return state;
    }

    /// Tells of each change from now on, in a thread of its own. Once only.
    ///
    /// @param changed is given the state, which it must not keep; what it throws ends the listening
    public synchronized void listen(Consumer<NetworkState> changed) {
        if (closed.get()) {
            throw new IllegalStateException("closed");
        }
        listening = true;
        Thread.ofPlatform().daemon().name("linux-netlink").start(() -> run(changed));
    }

    /// Ends the listening; the thread gives the socket back.
    @Override
    public synchronized void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (!listening) {
            socket.close();
            return;
        }
        try {
            // its answer wakes the thread, which the closing of the socket would not
            socket.send(request(Question.LINKS, 0));
        } catch (IOException busy) {
            LOG.debug("the listening ends with the next announcement: {}", busy.getMessage());
        }
    }

    private void run(Consumer<NetworkState> changed) {
        try {
            while (!closed.get()) {
                if (takeIn() && !closed.get()) {
                    changed.accept(state);
                }
            }
        } finally {
            synchronized (this) {
                closed.set(true);
                listening = false;
                socket.close();
            }
        }
    }

    /// Waits for something new.
    ///
    /// @return whether it is known now
    private boolean takeIn() {
        try {
            if (stale) {
                pause(NetlinkBounds.SETTLE.toMillis());
                askAll();
                return true;
            }
            Optional<ByteBuffer> datagram = socket.receive(true);
            for (int n = 1; datagram.isPresent(); n++) {
                apply(state, NetlinkParser.parse(datagram.get()));
                datagram = n < NetlinkBounds.AT_ONCE ? socket.receive(false) : Optional.empty();
            }
            return true;
        } catch (NetlinkOverrunException lost) {
            stale = true;
            return false;
        } catch (IOException | MalformedInputException failed) {
            LOG.warn("the kernel's announcements cannot be followed, asking anew: {}", failed.getMessage());
            stale = true;
            pause(NetlinkBounds.PAUSE.toMillis());
            return false;
        }
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            closed.set(true);
        }
    }

    private void apply(NetworkState to, NetlinkParser.Batch batch) {
        for (NetlinkMessage message : batch.messages()) {
            stale |= to.apply(message);
        }
    }

    /// Puts a new state together, from the answers and what is announced meanwhile.
    private void askAll() throws IOException {
        stale = false;
        NetworkState fresh = new NetworkState();
        for (Question question : Question.values()) {
            boolean torn = true;
            for (int n = 0; torn && n < NetlinkBounds.TORN_DUMPS; n++) {
                torn = ask(question, fresh);
            }
        }
        state = fresh;
    }

    /// @return whether the answer may have gaps
    private boolean ask(Question question, NetworkState fresh) throws IOException {
        sequence++;
        socket.send(request(question, sequence));
        boolean torn = false;
        while (true) {
            ByteBuffer datagram = socket.receive(true).orElseThrow(() -> new IOException("no answer"));
            NetlinkParser.Batch batch;
            try {
                batch = NetlinkParser.parse(datagram);
            } catch (MalformedInputException malformed) {
                throw new IOException(malformed.detail(), malformed);
            }
            apply(fresh, batch);
            torn |= batch.torn();
            for (NetlinkMessage message : batch.messages()) {
                if (message instanceof NetlinkMessage.Done(int answered, int error) && answered == sequence) {
                    if (error != 0) {
                        throw new IOException("the kernel refused to tell its " + question + ": errno " + error);
                    }
                    return torn;
                }
            }
        }
    }

    private static byte[] request(Question question, int sequence) {
        int length = HEADER + question.body;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.nativeOrder())
                .putInt(length)
                .putShort((short) question.type)
                .putShort((short) REQUEST_DUMP)
                .putInt(sequence)
                .putInt(0)
                .array();
    }
}
