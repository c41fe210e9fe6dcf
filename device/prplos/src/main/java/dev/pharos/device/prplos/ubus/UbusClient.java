// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import dev.pharos.device.prplos.ubus.UbusTarget.Listener;
import dev.pharos.device.prplos.ubus.UbusTarget.Served;
import dev.pharos.device.prplos.ubus.UbusTarget.Subscription;
import dev.pharos.usp.MalformedInputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client of ubusd that stays: it connects, connects again whenever ubusd was away, and then offers its
/// objects and wants its events anew. Thread-safe.
///
/// What waits for a connection or an answer waits as long as it says; a time that is over is the status
/// [UbusStatus#TIMEOUT].
public final class UbusClient implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(UbusClient.class);

    private final UbusConfig config;
    private final UbusRegistry registry = new UbusRegistry();
    private final UbusDispatcher dispatcher = new UbusDispatcher(registry);
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final Thread keeper;
    private final Object connection = new Object();
    private @Nullable UbusLink link;
    private volatile boolean closed;

    private UbusClient(UbusConfig config) {
        this.config = config;
        this.keeper = Thread.ofVirtual().name("ubus-keeper").unstarted(this::keep);
    }

    /// Begins to connect and returns at once.
    public static UbusClient open(UbusConfig config) {
        UbusClient client = new UbusClient(config);
        client.dispatcher.start();
        client.keeper.start();
        return client;
    }

    /// Waits for a connection with all that we have told to ubusd.
    ///
    /// @return whether there is one
    public boolean awaitConnected(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (connection) {
            while (link == null && !closed) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                connection.wait(left);
            }
            return link != null;
        }
    }

    /// Calls a method of an object, which may belong to any program on the bus.
    ///
    /// @param patience for the connection, the object's whereabouts and the answer together
    /// @return all tables that came, often one; prplOS sends three
    /// @throws UbusException with the status that the other gave
    /// @throws IOException where the connection broke: whether the call was carried out is then not known
    public List<UbusTable> invoke(String path, String method, UbusTable arguments, Duration patience)
            throws IOException, UbusException, InterruptedException {
        String what = path + " " + method;
        Deadline deadline = new Deadline(patience, what);
        while (true) {
            UbusLink now = connected(deadline);
            Integer known = ids.get(path);
            int id = known != null ? known : find(now, path, deadline);
            UbusAttributes attributes = UbusAttributes.NONE
                    .with(UbusAttribute.OBJID, id)
                    .with(UbusAttribute.METHOD, method)
                    .with(UbusAttribute.DATA, arguments);
            UbusAnswer answer = now.request(UbusMessageType.INVOKE, id, attributes, deadline.left());
            // ubusd itself says so, and not the object, which would have told its id
            boolean stale = answer.end().status() == UbusStatus.NOT_FOUND
                    && answer.end().attributes().word(UbusAttribute.OBJID).isEmpty();
            if (stale && ids.remove(path, id) && known != null) {
                continue;
            }
            UbusRegistry.checked(answer, what);
            return tables(answer, what);
        }
    }

    private static List<UbusTable> tables(UbusAnswer answer, String what) throws IOException {
        List<UbusTable> tables = new ArrayList<>();
        for (UbusMessage message : answer.data()) {
            try {
                tables.add(message.attributes().table(UbusAttribute.DATA));
            } catch (MalformedInputException malformed) {
                throw new IOException(what + " answered what cannot be read: " + malformed.detail(), malformed);
            }
        }
        return List.copyOf(tables);
    }

    /// The objects of this path, or of all whose path begins with what is before a final `*`.
    public List<UbusFound> lookup(String pattern, Duration patience)
            throws IOException, UbusException, InterruptedException {
        Deadline deadline = new Deadline(patience, "look up " + pattern);
        UbusAnswer answer = connected(deadline)
                .request(
                        UbusMessageType.LOOKUP,
                        0,
                        UbusAttributes.NONE.with(UbusAttribute.OBJPATH, pattern),
                        deadline.left());
        if (answer.end().status() != UbusStatus.NOT_FOUND) {
            UbusRegistry.checked(answer, "look up " + pattern);
        }
        List<UbusFound> found = new ArrayList<>();
        for (UbusMessage message : answer.data()) {
            UbusAttributes attributes = message.attributes();
            try {
                found.add(new UbusFound(
                        attributes.text(UbusAttribute.OBJPATH).orElse(""),
                        attributes.word(UbusAttribute.OBJID).orElse(0),
                        attributes.table(UbusAttribute.SIGNATURE)));
            } catch (MalformedInputException malformed) {
                throw new IOException("an object that cannot be read: " + malformed.detail(), malformed);
            }
        }
        return List.copyOf(found);
    }

    private int find(UbusLink now, String path, Deadline deadline)
            throws IOException, UbusException, InterruptedException {
        UbusAnswer answer = now.request(
                UbusMessageType.LOOKUP, 0, UbusAttributes.NONE.with(UbusAttribute.OBJPATH, path), deadline.left());
        UbusRegistry.checked(answer, "no object " + path);
        int id = answer.data().stream()
                .flatMap(data ->
                        data.attributes().word(UbusAttribute.OBJID).stream().boxed())
                .findFirst()
                .orElseThrow(() -> new UbusException(UbusStatus.NO_DATA, path));
        ids.put(path, id);
        return id;
    }

    /// Tells an event to all who listen; not to ourselves.
    public void send(String event, UbusTable data, Duration patience)
            throws IOException, UbusException, InterruptedException {
        Deadline deadline = new Deadline(patience, "send " + event);
        UbusTable arguments = UbusTable.EMPTY.with("id", event).with("data", data);
        UbusAttributes attributes = UbusAttributes.NONE
                .with(UbusAttribute.OBJID, UbusRegistry.EVENTS)
                .with(UbusAttribute.METHOD, "send")
                .with(UbusAttribute.DATA, arguments);
        UbusRegistry.checked(
                connected(deadline).request(UbusMessageType.INVOKE, UbusRegistry.EVENTS, attributes, deadline.left()),
                "send " + event);
    }

    /// Hears events, one after the other, from now on and after each new connection.
    ///
    /// @param pattern a name, or the beginning of names with `*` behind it
    /// @return ends it
    public Closeable listen(String pattern, Consumer<UbusEvent> handler) throws UbusException, InterruptedException {
        Listener listener = new Listener(pattern, handler);
        registry.listen(listener);
        return () -> registry.unlisten(listener);
    }

    /// Hears the notifications of one object, also when it comes later or comes again.
    ///
    /// @return ends it
    public Closeable subscribe(String path, Consumer<UbusEvent> handler) throws UbusException, InterruptedException {
        Subscription subscription = new Subscription(path, handler);
        registry.subscribe(subscription);
        return () -> uninterrupted(() -> registry.unsubscribe(subscription));
    }

    /// Offers an object, from now on and after each new connection.
    ///
    /// @return withdraws it
    /// @throws UbusException where ubusd does not let us, or the path is taken
    public Closeable serve(UbusObject object) throws UbusException, InterruptedException {
        registry.serve(object);
        return () -> uninterrupted(() -> registry.withdraw(object.path()));
    }

    /// Whether anybody has subscribed to an object of ours.
    public boolean isWatched(String path) {
        return registry.served(path).map(served -> served.watched).orElse(false);
    }

    /// Notifies those who subscribed to an object of ours, without an answer of theirs.
    public void notify(String path, String name, UbusTable data, Duration patience)
            throws IOException, UbusException, InterruptedException {
        Deadline deadline = new Deadline(patience, "notify " + name);
        Served served = registry.served(path)
                .orElseThrow(() -> new UbusException(UbusStatus.NOT_FOUND, "we do not offer " + path));
        UbusAttributes attributes = UbusAttributes.NONE
                .with(UbusAttribute.OBJID, served.id)
                .with(UbusAttribute.METHOD, name)
                .withFlag(UbusAttribute.NO_REPLY)
                .with(UbusAttribute.DATA, data);
        connected(deadline).post(new UbusMessage(UbusMessageType.NOTIFY, 0, served.id, attributes));
    }

    /// How many messages of ubusd were lost, since more came than was handled.
    public long dropped() {
        return dispatcher.dropped();
    }

    /// Something at the end of which nobody waits.
    @FunctionalInterface
    private interface Ending {
        void run() throws InterruptedException;
    }

    private static void uninterrupted(Ending ending) {
        try {
            ending.run();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /// A point in time until which a caller waits.
    private record Deadline(long end, String what) {
        Deadline(Duration patience, String what) {
            this(System.nanoTime() + patience.toNanos(), what);
        }

        Duration left() throws UbusException {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new UbusException(UbusStatus.TIMEOUT, what);
            }
            return Duration.ofNanos(left).plusMillis(1);
        }
    }

    private UbusLink connected(Deadline deadline) throws IOException, UbusException, InterruptedException {
        while (awaitConnected(deadline.left())) {
            synchronized (connection) {
                if (link != null) {
                    return link;
                }
            }
        }
        if (closed) {
            throw new IOException("this client of ubus is closed");
        }
        throw new UbusException(UbusStatus.CONNECTION_FAILED, deadline.what());
    }

    private void keep() {
        boolean told = false;
        while (!closed) {
            try {
                UbusLink fresh = dial();
                try {
                    registry.establish(fresh);
                    publish(fresh);
                    LOG.info("connected to ubus");
                    told = false;
                    fresh.awaitEnd();
                } finally {
                    publish(null);
                    fresh.close();
                    registry.lost();
                }
            } catch (IOException unreachable) {
                if (!told) {
                    LOG.warn("no ubus, trying on: {}", unreachable.getMessage());
                    told = true;
                }
            } catch (InterruptedException closing) {
                return;
            }
            if (!pause()) {
                return;
            }
        }
    }

    private UbusLink dial() throws IOException, InterruptedException {
        Path socket = config.sockets().stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IOException("there is none of " + config.sockets()));
        return UbusLink.dial(socket, dispatcher);
    }

    private boolean pause() {
        try {
            Thread.sleep(config.pause());
            return true;
        } catch (InterruptedException closing) {
            return false;
        }
    }

    private void publish(@Nullable UbusLink fresh) {
        synchronized (connection) {
            link = fresh;
            ids.clear();
            connection.notifyAll();
        }
    }

    /// Ends the connection; what waits for answers fails, and whose call is cut short is told.
    @Override
    public void close() {
        closed = true;
        dispatcher.close();
        UbusLink last;
        synchronized (connection) {
            last = link;
        }
        if (last != null) {
            uninterrupted(last::flush);
        }
        keeper.interrupt();
        synchronized (connection) {
            if (link != null) {
                link.close();
            }
            connection.notifyAll();
        }
    }
}
