// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import dev.pharos.device.prplos.ubus.UbusTarget.Ears;
import dev.pharos.device.prplos.ubus.UbusTarget.Listener;
import dev.pharos.device.prplos.ubus.UbusTarget.Served;
import dev.pharos.device.prplos.ubus.UbusTarget.Subscription;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What we have at ubusd: objects, events to hear, subscriptions. All of it is told to ubusd anew at each
/// connection, since ubusd forgets a client that goes. Thread-safe.
final class UbusRegistry {
    static final int EVENTS = 1;
    private static final String OBJECT_ADDED = "ubus.object.add";
    private static final Logger LOG = LoggerFactory.getLogger(UbusRegistry.class);

    /// Held while something is told to ubusd, so that who finds a target unknown can wait for it.
    private final ReentrantLock telling = new ReentrantLock();

    private final Map<String, Served> served = new LinkedHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Map<Integer, UbusTarget> targets = new ConcurrentHashMap<>();
    private @Nullable UbusLink link;
    private int ears;

    /// Tells all to a new connection.
    void establish(UbusLink fresh) throws IOException, InterruptedException {
        telling.lock();
        try {
            link = fresh;
            for (Served each : served.values()) {
                try {
                    offer(fresh, each);
                } catch (UbusException refused) {
                    LOG.warn("{} is not on the bus", each.object.path(), refused);
                }
            }
            for (Listener listener : listeners) {
                try {
                    register(fresh, listener.pattern());
                } catch (UbusException refused) {
                    LOG.warn("the events {} are not heard", listener.pattern(), refused);
                }
            }
            for (Subscription subscription : subscriptions) {
                attach(fresh, subscription);
            }
        } finally {
            telling.unlock();
        }
    }

    void lost() {
        telling.lock();
        try {
            link = null;
            ears = 0;
            targets.clear();
            served.values().forEach(each -> each.watched = false);
            subscriptions.forEach(Subscription::reset);
        } finally {
            telling.unlock();
        }
    }

    /// What this id means; who asks while it is being told to ubusd waits.
    Optional<UbusTarget> target(int id) {
        UbusTarget known = targets.get(id);
        if (known == null) {
            telling.lock();
            try {
                known = targets.get(id);
            } finally {
                telling.unlock();
            }
        }
        return Optional.ofNullable(known);
    }

    List<Listener> listeners() {
        return listeners;
    }

    /// Where there is no connection now, or it breaks meanwhile, the object comes with the next.
    void serve(UbusObject object) throws UbusException, InterruptedException {
        telling.lock();
        try {
            Served fresh = new Served(object);
            if (served.putIfAbsent(object.path(), fresh) != null) {
                throw new UbusException(UbusStatus.INVALID_ARGUMENT, "we offer " + object.path() + " already");
            }
            UbusLink now = link;
            if (now != null) {
                try {
                    offer(now, fresh);
                } catch (UbusException refused) {
                    served.remove(object.path());
                    throw refused;
                } catch (IOException broken) {
                    LOG.debug("{} is offered with the next connection", object.path(), broken);
                }
            }
        } finally {
            telling.unlock();
        }
    }

    void withdraw(String path) throws InterruptedException {
        telling.lock();
        try {
            Served gone = served.remove(path);
            UbusLink now = link;
            if (gone != null && now != null && targets.remove(gone.id, gone)) {
                remove(now, gone.id);
            }
        } catch (IOException | UbusException goneToo) {
            LOG.debug("{} went with its connection", path, goneToo);
        } finally {
            telling.unlock();
        }
    }

    Optional<Served> served(String path) {
        telling.lock();
        try {
            return Optional.ofNullable(served.get(path));
        } finally {
            telling.unlock();
        }
    }

    void listen(Listener listener) throws UbusException, InterruptedException {
        telling.lock();
        try {
            listeners.add(listener);
            UbusLink now = link;
            if (now != null) {
                register(now, listener.pattern());
            }
        } catch (IOException broken) {
            LOG.debug("{} is listened to with the next connection", listener.pattern(), broken);
        } catch (UbusException refused) {
            listeners.remove(listener);
            throw refused;
        } finally {
            telling.unlock();
        }
    }

    void unlisten(Listener listener) {
        listeners.remove(listener);
    }

    void subscribe(Subscription subscription) throws UbusException, InterruptedException {
        telling.lock();
        try {
            if (subscriptions.isEmpty()) {
                listen(new Listener(OBJECT_ADDED, this::added));
            }
            subscriptions.add(subscription);
            UbusLink now = link;
            if (now != null) {
                attach(now, subscription);
            }
        } catch (IOException broken) {
            LOG.debug("{} is subscribed to with the next connection", subscription.path, broken);
        } finally {
            telling.unlock();
        }
    }

    void unsubscribe(Subscription subscription) throws InterruptedException {
        telling.lock();
        try {
            subscriptions.remove(subscription);
            UbusLink now = link;
            if (now != null && targets.remove(subscription.id, subscription)) {
                remove(now, subscription.id);
            }
        } catch (IOException | UbusException goneToo) {
            LOG.debug("{} went with its connection", subscription.path, goneToo);
        } finally {
            telling.unlock();
        }
    }

    /// An object has come: whoever waits for it subscribes now.
    private void added(UbusEvent event) {
        String path = event.data().text("path").orElse("");
        telling.lock();
        try {
            UbusLink now = link;
            for (Subscription subscription : subscriptions) {
                if (now != null && subscription.path.equals(path)) {
                    attach(now, subscription);
                }
            }
        } catch (IOException broken) {
            LOG.debug("{} is subscribed to with the next connection", path, broken);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            telling.unlock();
        }
    }

    private void offer(UbusLink now, Served each) throws IOException, UbusException, InterruptedException {
        UbusAttributes attributes = UbusAttributes.NONE
                .with(UbusAttribute.OBJPATH, each.object.path())
                .with(UbusAttribute.SIGNATURE, each.object.signature());
        each.id = add(now, attributes, "offer " + each.object.path());
        targets.put(each.id, each);
    }

    private void register(UbusLink now, String pattern) throws IOException, UbusException, InterruptedException {
        if (ears == 0) {
            ears = add(now, UbusAttributes.NONE, "hear events");
            targets.put(ears, new Ears());
        }
        UbusTable arguments =
                UbusTable.EMPTY.with("object", new UbusValue.Int32(ears)).with("pattern", pattern);
        UbusAttributes attributes = UbusAttributes.NONE
                .with(UbusAttribute.OBJID, EVENTS)
                .with(UbusAttribute.METHOD, "register")
                .with(UbusAttribute.DATA, arguments);
        checked(now.request(UbusMessageType.INVOKE, EVENTS, attributes, Limits.ANSWER_WAIT), "hear " + pattern);
    }

    /// Where the other object is not there, it is waited for.
    private void attach(UbusLink now, Subscription subscription) throws IOException, InterruptedException {
        String what = "subscribe to " + subscription.path;
        try {
            UbusAnswer found = now.request(
                    UbusMessageType.LOOKUP,
                    0,
                    UbusAttributes.NONE.with(UbusAttribute.OBJPATH, subscription.path),
                    Limits.ANSWER_WAIT);
            int target = found.data().isEmpty()
                    ? 0
                    : found.data()
                            .getFirst()
                            .attributes()
                            .word(UbusAttribute.OBJID)
                            .orElse(0);
            if (target == 0 || target == subscription.target) {
                return;
            }
            if (subscription.id == 0) {
                subscription.id = add(now, UbusAttributes.NONE, what);
                targets.put(subscription.id, subscription);
            }
            UbusAttributes attributes = UbusAttributes.NONE
                    .with(UbusAttribute.OBJID, subscription.id)
                    .with(UbusAttribute.TARGET, target);
            checked(now.request(UbusMessageType.SUBSCRIBE, 0, attributes, Limits.ANSWER_WAIT), what);
            subscription.target = target;
        } catch (UbusException refused) {
            LOG.warn("no notifications of {}", subscription.path, refused);
        }
    }

    private static void remove(UbusLink now, int id) throws IOException, UbusException, InterruptedException {
        now.request(
                UbusMessageType.REMOVE_OBJECT,
                0,
                UbusAttributes.NONE.with(UbusAttribute.OBJID, id),
                Limits.ANSWER_WAIT);
    }

    private static int add(UbusLink now, UbusAttributes attributes, String what)
            throws IOException, UbusException, InterruptedException {
        UbusAnswer answer = now.request(UbusMessageType.ADD_OBJECT, 0, attributes, Limits.ANSWER_WAIT);
        checked(answer, what);
        return answer.data().stream()
                .flatMap(data ->
                        data.attributes().word(UbusAttribute.OBJID).stream().boxed())
                .findFirst()
                .orElseThrow(() -> new UbusException(UbusStatus.NO_DATA, what));
    }

    static void checked(UbusAnswer answer, String what) throws UbusException {
        UbusStatus status = answer.end().status();
        if (status != UbusStatus.OK) {
            throw new UbusException(status, what);
        }
    }
}
