// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.agent;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The controller that measures one peer: an agent, or an endpoint that gives every Record back. Of both it takes
/// every Record apart and knows it by its `msg_id`, so that its own work is the same.
final class ControllerEnd implements MtpReceiver {
    static final EndpointId OWN = EndpointId.of("self::pharos");
    static final EndpointId PEER = EndpointId.of("proto::bench");
    private static final long PATIENCE_SECONDS = 60;
    private static final long LOST_SECONDS = 3;

    private final BlockingQueue<MtpConnection> spoken = new LinkedBlockingQueue<>();
    private final BlockingQueue<UspMessage> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<NotifyRequest> notifications = new LinkedBlockingQueue<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile @Nullable MtpConnection peer;
    private volatile EndpointId peerId = PEER;
    private volatile @Nullable Window window;

    /// A run of requests of which so many may be unanswered at a time.
    private static final class Window {
        final Semaphore free;
        final Semaphore answered = new Semaphore(0);
        final AtomicInteger refused = new AtomicInteger();
        volatile @Nullable String wrong;

        Window(int size) {
            free = new Semaphore(size);
        }
    }

    /// Waits until the peer has spoken for the first time.
    void awaitPeer() throws IOException, InterruptedException {
        MtpConnection connection = spoken.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (connection == null) {
            throw new IOException("the peer did not come within " + PATIENCE_SECONDS + " s");
        }
        peer = connection;
    }

    /// One request and its answer.
    Body ask(Body request) throws IOException, InterruptedException {
        String id = send(request);
        UspMessage answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null || !answer.id().value().equals(id) || answer.body() instanceof UspError) {
            throw new IOException("the answer to " + id + " is " + answer);
        }
        return answer.body();
    }

    /// The next notification.
    NotifyRequest awaitNotification() throws IOException, InterruptedException {
        NotifyRequest notification = notifications.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (notification == null) {
            throw new IOException("no notification came");
        }
        return notification;
    }

    /// Sends so many requests, with so many unanswered at a time; each must be answered, and not by an Error.
    ///
    /// @return requests a second
    double run(Body request, int size, int times) throws IOException, InterruptedException {
        Window run = new Window(size);
        window = run;
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            if (!run.free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("of " + i + " requests " + (i - run.answered.availablePermits())
                        + " were not answered at window " + size);
            }
            send(request);
        }
        if (!run.answered.tryAcquire(times, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("of " + times + " requests " + (times - run.answered.availablePermits())
                    + " were not answered at window " + size);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        window = null;
        if (run.wrong != null) {
            throw new IOException("a request was answered by " + run.wrong);
        }
        return times / seconds;
    }

    /// What became of a run in which answers may be missing.
    ///
    /// @param perSecond answers
    /// @param lost requests without an answer, or with an Error
    record Taken(double perSecond, int lost) {}

    /// As [#run], of a peer that is known to lose some.
    Taken tryRun(Body request, int size, int times) throws IOException, InterruptedException {
        Window run = new Window(size);
        window = run;
        long start = System.nanoTime();
        int givenUp = 0;
        for (int i = 0; i < times; i++) {
            if (!run.free.tryAcquire(LOST_SECONDS, TimeUnit.SECONDS)) {
                int missing = i - run.answered.availablePermits() - givenUp;
                givenUp += missing;
                start += LOST_SECONDS * 1_000_000_000L;
                run.free.release(missing);
                run.free.acquire();
            }
            send(request);
        }
        while (!run.answered.tryAcquire(times - givenUp, LOST_SECONDS, TimeUnit.SECONDS)) {
            givenUp = times - run.answered.availablePermits();
            start += LOST_SECONDS * 1_000_000_000L;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        window = null;
        int lost = givenUp + run.refused.get();
        return new Taken((times - lost) / seconds, lost);
    }

    private String send(Body body) throws IOException, InterruptedException {
        String id = Long.toString(ids.incrementAndGet());
        Bytes record = record(new UspMessage(new MessageId(id), body));
        MtpConnection connection = peer;
        if (connection == null) {
            throw new IOException("nobody to send to");
        }
        while (true) {
            try {
                connection.send(record);
                return id;
            } catch (QueueFullException full) {
                Thread.sleep(1);
            }
        }
    }

    private Bytes record(UspMessage message) {
        return RecordCodec.encode(
                UspRecord.plain(peerId, OWN, new RecordType.NoSessionContext(MessageCodec.encode(message))));
    }

    @Override
    public void connected(MtpConnection connection) {}

    @Override
    public void received(MtpConnection connection, Bytes bytes) {
        try {
            UspRecord record = RecordCodec.decode(bytes);
            if (!(record.type() instanceof RecordType.NoSessionContext content)) {
                peerId = record.from();
                spoken.add(connection);
                return;
            }
            UspMessage message = MessageCodec.decode(content.payload());
            if (message.body() instanceof NotifyRequest notify) {
                notifications.add(notify);
                if (notify.sendResponse()) {
                    connection.send(record(new UspMessage(message.id(), new NotifyResponse(notify.subscriptionId()))));
                }
                return;
            }
            Window run = window;
            if (run == null) {
                answers.add(message);
                return;
            }
            if (message.body() instanceof UspError error) {
                run.refused.incrementAndGet();
                run.wrong = error.toString();
            }
            run.answered.release();
            run.free.release();
        } catch (MalformedInputException | IOException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {}

    @Override
    public void refused(PeerIdentity refused, String reason) {
        System.err.println("bench: refused: " + reason);
    }
}
