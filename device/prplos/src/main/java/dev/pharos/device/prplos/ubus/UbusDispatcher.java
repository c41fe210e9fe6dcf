// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import dev.pharos.device.prplos.ubus.UbusTarget.Ears;
import dev.pharos.device.prplos.ubus.UbusTarget.Listener;
import dev.pharos.device.prplos.ubus.UbusTarget.Served;
import dev.pharos.device.prplos.ubus.UbusTarget.Subscription;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands on what ubusd sends: calls of our methods each to a thread of its own, events and notifications one
/// after the other to those who wait for them.
final class UbusDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(UbusDispatcher.class);

    private final UbusRegistry registry;
    private final BlockingQueue<Arrived> inbound = new ArrayBlockingQueue<>(Limits.INBOUND);
    private final BlockingQueue<Runnable> told = new ArrayBlockingQueue<>(Limits.INBOUND);
    private final Semaphore running = new Semaphore(Limits.RUNNING);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicLong dropped = new AtomicLong();

    private record Arrived(UbusLink link, UbusMessage message) {}

    UbusDispatcher(UbusRegistry registry) {
        this.registry = registry;
    }

    void start() {
        start("ubus-dispatch", () -> handle(inbound.take()));
        start("ubus-events", () -> told.take().run());
    }

    /// Something that is done again and again.
    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    private void start(String name, Step step) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    step.run();
                } catch (InterruptedException closed) {
                    return;
                } catch (RuntimeException | Error defect) {
                    // one handler that fails must not end all others, whatever it fails with
                    LOG.error("what ubus sent could not be handled", defect);
                }
            }
        });
        threads.add(thread);
        thread.start();
    }

    /// Called by the reader; never waits. Where too much waits already, the message is lost, as ubusd loses
    /// those for a client that does not read.
    void arrived(UbusLink link, UbusMessage message) {
        if (!inbound.offer(new Arrived(link, message)) && dropped.getAndIncrement() == 0) {
            LOG.warn("more from ubus than can be handled: some of it is lost");
        }
    }

    /// How much was lost.
    long dropped() {
        return dropped.get();
    }

    private void handle(Arrived arrived) throws InterruptedException {
        UbusMessage message = arrived.message();
        int id = message.attributes().word(UbusAttribute.OBJID).orElse(0);
        UbusTarget target = registry.target(id).orElse(null);
        switch (message.type()) {
            case INVOKE -> invoked(arrived, id, target);
            case NOTIFY -> {
                if (target instanceof Served served) {
                    served.watched = message.attributes().flag(UbusAttribute.ACTIVE);
                }
            }
            case UNSUBSCRIBE -> {
                if (target instanceof Subscription subscription) {
                    // its object has gone; it may come again
                    subscription.target = 0;
                }
            }
            case HELLO, STATUS, DATA, PING, LOOKUP, ADD_OBJECT, REMOVE_OBJECT, SUBSCRIBE, MONITOR ->
                LOG.debug("nothing to do for {}", message.type());
        }
    }

    private void invoked(Arrived arrived, int id, @Nullable UbusTarget target) throws InterruptedException {
        switch (target) {
            case null -> answer(arrived, id, UbusStatus.NOT_FOUND);
            case Served served -> {
                if (!running.tryAcquire()) {
                    answer(arrived, id, UbusStatus.SYSTEM_ERROR);
                    return;
                }
                Thread thread = Thread.ofVirtual().name("ubus-call").unstarted(() -> run(arrived, served));
                threads.add(thread);
                thread.start();
            }
            case Ears ignored -> event(arrived);
            case Subscription subscription -> {
                answer(arrived, id, UbusStatus.OK);
                tell(new Listener("*", subscription.handler), arrived);
            }
        }
    }

    private void event(Arrived arrived) {
        String name = arrived.message().attributes().text(UbusAttribute.METHOD).orElse("");
        for (Listener listener : registry.listeners()) {
            if (listener.wants(name)) {
                tell(listener, arrived);
            }
        }
    }

    /// The oldest goes where too many wait.
    private void tell(Listener listener, Arrived arrived) {
        UbusAttributes attributes = arrived.message().attributes();
        try {
            UbusEvent event = new UbusEvent(
                    attributes.text(UbusAttribute.METHOD).orElse(""), attributes.table(UbusAttribute.DATA));
            while (!told.offer(() -> listener.handler().accept(event))) {
                if (told.poll() != null && dropped.getAndIncrement() == 0) {
                    LOG.warn("more events on ubus than can be handled: the oldest are lost");
                }
            }
        } catch (MalformedInputException malformed) {
            LOG.debug("an event that cannot be read: {}", malformed.detail());
        }
    }

    private void run(Arrived arrived, Served served) {
        String name = arrived.message().attributes().text(UbusAttribute.METHOD).orElse("");
        try {
            UbusAttributes attributes = arrived.message().attributes();
            UbusMethod method = served.object.methods().get(name);
            if (method == null) {
                answer(arrived, served.id, UbusStatus.METHOD_NOT_FOUND);
                return;
            }
            UbusCall call = new UbusCall(
                    arrived.message().peer(),
                    attributes.text(UbusAttribute.USER).orElse(""),
                    attributes.text(UbusAttribute.GROUP).orElse(""),
                    name,
                    attributes.table(UbusAttribute.DATA));
            for (UbusTable table : method.handler().answer(call)) {
                send(
                        arrived,
                        UbusMessageType.DATA,
                        UbusAttributes.NONE.with(UbusAttribute.OBJID, served.id).with(UbusAttribute.DATA, table));
            }
            answer(arrived, served.id, UbusStatus.OK);
        } catch (IOException lost) {
            // too much for one message: who asked must not take half of it for all
            LOG.warn("the answer of {} {} was lost: {}", served.object.path(), name, lost.getMessage());
            answerLast(arrived, served.id, UbusStatus.UNKNOWN_ERROR);
        } catch (UbusException refused) {
            answerLast(arrived, served.id, refused.status());
        } catch (MalformedInputException malformed) {
            answerLast(arrived, served.id, UbusStatus.INVALID_ARGUMENT);
        } catch (InterruptedException closed) {
            LOG.debug("a call of {} {} was cut short by our end", served.object.path(), name);
            answerLast(arrived, served.id, UbusStatus.UNKNOWN_ERROR);
        } catch (RuntimeException | Error defect) {
            // the bus has no time limit of its own: who is not answered waits until its own is over
            LOG.error("the method {} {} failed", served.object.path(), name, defect);
            answerLast(arrived, served.id, UbusStatus.UNKNOWN_ERROR);
        } finally {
            running.release();
            threads.remove(Thread.currentThread());
        }
    }

    private void answerLast(Arrived arrived, int id, UbusStatus status) {
        try {
            answer(arrived, id, status);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// The status of a call, once, where one is wanted. Events want none: no client has sent them.
    private void answer(Arrived arrived, int id, UbusStatus status) throws InterruptedException {
        UbusMessage message = arrived.message();
        if (message.peer() != 0 && !message.attributes().flag(UbusAttribute.NO_REPLY)) {
            post(
                    arrived,
                    UbusMessageType.STATUS,
                    UbusAttributes.NONE
                            .with(UbusAttribute.STATUS, status.code())
                            .with(UbusAttribute.OBJID, id));
        }
    }

    private static void post(Arrived arrived, UbusMessageType type, UbusAttributes attributes)
            throws InterruptedException {
        try {
            send(arrived, type, attributes);
        } catch (IOException gone) {
            LOG.debug("an answer on ubus was lost: {}", gone.getMessage());
        }
    }

    private static void send(Arrived arrived, UbusMessageType type, UbusAttributes attributes)
            throws IOException, InterruptedException {
        UbusMessage call = arrived.message();
        arrived.link().post(new UbusMessage(type, call.sequence(), call.peer(), attributes));
    }

    /// Cuts short what runs, and waits for a short while until its callers are told.
    void close() {
        threads.forEach(Thread::interrupt);
        try {
            if (running.tryAcquire(Limits.RUNNING, Limits.LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                running.release(Limits.RUNNING);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
