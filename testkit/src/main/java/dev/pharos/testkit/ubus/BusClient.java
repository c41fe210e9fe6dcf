// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit.ubus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// One program that is connected to the bus.
final class BusClient {
    final int id;
    final List<BusObject> objects = new ArrayList<>();
    private final SocketChannel channel;
    private final LinkedBlockingQueue<byte[]> outbound = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Thread writer;

    /// Told what a client sends.
    interface Receiver {
        void received(BusClient client, WireMessage message);

        void gone(BusClient client);
    }

    BusClient(int id, SocketChannel channel) {
        this.id = id;
        this.channel = channel;
        this.writer = Thread.ofVirtual().name("ubusd-writer").unstarted(this::write);
    }

    void start(Receiver receiver) {
        writer.start();
        Thread.ofVirtual().name("ubusd-reader").start(() -> read(receiver));
    }

    /// Dropped where the client has not read a mebibyte, as ubusd does.
    void send(WireMessage message) {
        byte[] bytes = message.encoded();
        if (waiting.addAndGet(bytes.length) > WireMessage.LARGEST && waiting.get() > bytes.length) {
            waiting.addAndGet(-bytes.length);
        } else {
            outbound.add(bytes);
        }
    }

    private void read(Receiver receiver) {
        try {
            while (true) {
                byte[] head = bytes(WireMessage.HEAD);
                int length = ByteBuffer.wrap(head).getInt(8) & 0xffffff;
                if (length < 4 || length > WireMessage.LARGEST) {
                    return;
                }
                receiver.received(this, WireMessage.of(head, bytes(length - 4)));
            }
        } catch (IOException gone) {
            // the client has gone, or we have closed it
        } finally {
            close();
            receiver.gone(this);
        }
    }

    private byte[] bytes(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IOException("end");
            }
        }
        return buffer.array();
    }

    private void write() {
        try {
            while (true) {
                byte[] bytes = outbound.take();
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                waiting.addAndGet(-bytes.length);
            }
        } catch (IOException | InterruptedException gone) {
            close();
        }
    }

    void close() {
        writer.interrupt();
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // gone in any case
        }
    }
}
