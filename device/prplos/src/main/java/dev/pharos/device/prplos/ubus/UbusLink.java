// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to ubusd, from its greeting to its end. One thread reads and one writes: an answer or a call
/// never waits for who reads slowly, and an interrupted caller does not break the connection of others.
final class UbusLink implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(UbusLink.class);

    /// Nothing on the bus is called so.
    private static final String NOBODY = "-";

    private final SocketChannel channel;
    private final UbusDispatcher inbound;
    private final UbusRequests requests = new UbusRequests();
    private final BlockingQueue<byte[]> outbound = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(Limits.OUTBOUND_BYTES);
    private final CompletableFuture<Integer> greeted = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread writer;

    private UbusLink(SocketChannel channel, UbusDispatcher inbound) {
        this.channel = channel;
        this.inbound = inbound;
        this.writer = Thread.ofVirtual().name("ubus-writer").unstarted(this::write);
    }

    /// @param inbound is given what is no answer
    static UbusLink dial(Path socket, UbusDispatcher inbound) throws IOException, InterruptedException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        UbusLink link = new UbusLink(channel, inbound);
        boolean usable = false;
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            link.writer.start();
            Thread.ofVirtual().name("ubus-reader").start(link::read);
            link.greeted.get(Limits.ANSWER_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            usable = true;
            return link;
        } catch (ExecutionException failed) {
            throw new IOException("ubusd at " + socket + " does not greet us: it may not know our user", failed);
        } catch (TimeoutException silent) {
            throw new IOException("what listens at " + socket + " does not greet us", silent);
        } finally {
            if (!usable) {
                link.close();
            }
        }
    }

    /// Asks and waits.
    ///
    /// @throws UbusException where the time is over
    UbusAnswer request(UbusMessageType type, int peer, UbusAttributes attributes, Duration patience)
            throws IOException, UbusException, InterruptedException {
        UbusRequests.Waiting request = requests.begin();
        try {
            post(new UbusMessage(type, request.sequence, peer, attributes));
            return request.answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new UbusException(UbusStatus.TIMEOUT, "a request of " + patience.toMillis() + " ms");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new IOException(cause == null ? "no answer" : cause.getMessage(), failed);
        } finally {
            requests.forget(request);
        }
    }

    /// Sends without an answer to wait for.
    ///
    /// @throws IOException where it is too large, or too much waits already
    void post(UbusMessage message) throws IOException, InterruptedException {
        byte[] bytes = message.encoded();
        if (bytes.length - UbusMessage.HEAD_BYTES > Limits.SENT_BYTES) {
            throw new IOException("a message of " + bytes.length + " bytes is too large for ubus");
        }
        if (!room.tryAcquire(bytes.length, Limits.WRITE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("ubusd does not take what we send");
        }
        outbound.add(bytes);
    }

    /// Waits for a short while until ubusd has read what was posted, which it answers in order: of a connection that
    /// has
    /// ended it reads no more, so that what waits there is lost.
    void flush() throws InterruptedException {
        try {
            UbusAnswer _ = request(
                    UbusMessageType.LOOKUP,
                    0,
                    UbusAttributes.NONE.with(UbusAttribute.OBJPATH, NOBODY),
                    Limits.LAST_WORDS);
        } catch (IOException | UbusException gone) {
            LOG.debug("ubusd may not have read our last words: {}", gone.getMessage());
        }
    }

    /// Waits for the end of the connection.
    void awaitEnd() throws InterruptedException {
        over.await();
    }

    private void read() {
        String why = "ubusd has closed the connection";
        try {
            while (true) {
                byte[] head = bytes(UbusMessage.HEAD_BYTES);
                int length = UbusMessage.bodyBytes(head);
                if (length < 0) {
                    why = "ubusd sent a message of an impossible length";
                    return;
                }
                UbusMessage.decoded(head, bytes(length)).ifPresent(this::take);
            }
        } catch (IOException broken) {
            if (!(broken instanceof EOFException)) {
                why = "the connection to ubusd broke: " + broken.getMessage();
            }
        } finally {
            end(why);
        }
    }

    private byte[] bytes(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.array();
    }

    private void take(UbusMessage message) {
        switch (message.type()) {
            case HELLO -> greeted.complete(message.peer());
            case STATUS, DATA -> requests.take(message);
            case INVOKE, NOTIFY, UNSUBSCRIBE, SUBSCRIBE -> inbound.arrived(this, message);
            case PING, LOOKUP, ADD_OBJECT, REMOVE_OBJECT, MONITOR -> {
                // ubusd asks no client for these
            }
        }
    }

    private void write() {
        try {
            while (true) {
                byte[] bytes = outbound.take();
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                room.release(bytes.length);
            }
        } catch (InterruptedException closed) {
            end("closed");
        } catch (IOException broken) {
            end("the connection to ubusd broke: " + broken.getMessage());
        }
    }

    private void end(String why) {
        requests.end(why);
        greeted.completeExceptionally(new IOException(why));
        writer.interrupt();
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // closed it is in any case
        }
        over.countDown();
    }

    @Override
    public void close() {
        end("closed");
    }
}
