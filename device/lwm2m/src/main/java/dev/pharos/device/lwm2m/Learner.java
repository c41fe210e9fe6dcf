// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.device.proxied.ThingFailedException;
import dev.pharos.device.proxied.ThingFeed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.leshan.core.link.lwm2m.LwM2mLink;
import org.eclipse.leshan.core.node.LwM2mChildNode;
import org.eclipse.leshan.core.node.LwM2mObjectInstance;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.request.DiscoverRequest;
import org.eclipse.leshan.core.request.ObserveRequest;
import org.eclipse.leshan.core.request.ReadRequest;
import org.eclipse.leshan.core.response.DiscoverResponse;
import org.eclipse.leshan.core.response.ObserveResponse;
import org.eclipse.leshan.core.response.ReadResponse;
import org.eclipse.leshan.server.registration.Registration;

/// Learns what a thing has after it has registered: its resources, then their values, of which it is asked to tell
/// changes. One learner a thing, so many things at once.
final class Learner {
    private static final Logger LOG = System.getLogger(Learner.class.getName());

    private final Map<Integer, ObjectKind> kinds;
    private final ThingReader reader;
    private final Line line;
    private final ThingFeed feed;
    private final Semaphore places = new Semaphore(Limits.LEARNT_AT_ONCE);
    /// The newest registration of each thing that is to be learnt or is being learnt.
    private final Map<String, Registration> wanted = new ConcurrentHashMap<>();
    /// Things of which an instance does not tell changes by itself.
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    /// Instances that told a change since they were asked to; what they answered then is older.
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private final ReentrantLock order = new ReentrantLock();

    Learner(Map<Integer, ObjectKind> kinds, Line line, ThingFeed feed) {
        this.kinds = kinds;
        this.reader = new ThingReader(kinds);
        this.line = line;
        this.feed = feed;
    }

    /// The thing has registered.
    void learn(Registration registration) {
        String name = registration.getEndpoint();
        if (wanted.put(name, registration) == null) {
            Thread.ofVirtual().name("lwm2m-learner").start(() -> work(name));
        }
    }

    /// The thing has said that it is still there; whoever does not tell changes is asked.
    void again(Registration registration) {
        feed.contacted(registration.getEndpoint());
        if (silent.contains(registration.getEndpoint())) {
            learn(registration);
        }
    }

    /// An instance tells what has changed.
    void told(Registration registration, LwM2mPath instance, LwM2mChildNode content) {
        ObjectKind kind = kinds.get(instance.getObjectId());
        if (kind != null && content != null) {
            order.lock();
            try {
                told.add(registration.getEndpoint() + instance);
                feed.values(registration.getEndpoint(), Values.of(instance, kind, content));
            } finally {
                order.unlock();
            }
        }
    }

    void forget(String name) {
        silent.remove(name);
        told.removeIf(key -> key.startsWith(name + "/"));
    }

    private void work(String name) {
        for (Registration next = wanted.get(name); next != null; next = wanted.get(name)) {
            try {
                places.acquire();
                try {
                    learnNow(next);
                } finally {
                    places.release();
                }
            } catch (InterruptedException end) {
                wanted.remove(name);
                return;
            } catch (RuntimeException defect) {
                LOG.log(Level.WARNING, "a thing of LwM2M could not be learnt: " + defect);
            }
            wanted.remove(name, next);
        }
    }

    private void learnNow(Registration registration) {
        String name = registration.getEndpoint();
        NavigableMap<LwM2mPath, NavigableSet<Integer>> resources = new TreeMap<>();
        Map<LwM2mPath, Map<String, String>> read = new TreeMap<>();
        for (LwM2mPath instance : instances(registration)) {
            resources.put(instance, resources(registration, instance, read));
        }
        if (!line.isCurrent(registration)
                || !feed.present(reader.thing(name, "LwM2M " + registration.getLwM2mVersion(), resources))) {
            return;
        }
        read.values().forEach(values -> feed.values(name, values));
        silent.remove(name);
        for (LwM2mPath instance : resources.keySet()) {
            if (line.isCurrent(registration)) {
                observe(registration, instance);
            }
        }
    }

    private NavigableSet<LwM2mPath> instances(Registration registration) {
        NavigableSet<LwM2mPath> instances = new TreeSet<>();
        registration.getAvailableInstances().stream()
                .filter(path -> path.isObjectInstance() && kinds.containsKey(path.getObjectId()))
                .sorted()
                .limit(Limits.INSTANCES)
                .forEach(instances::add);
        return instances;
    }

    /// The resources that the instance says it has; of one that does not say, those that can be read.
    private NavigableSet<Integer> resources(
            Registration registration, LwM2mPath instance, Map<LwM2mPath, Map<String, String>> read) {
        NavigableSet<Integer> ids = new TreeSet<>();
        try {
            DiscoverResponse found = line.ask(registration, new DiscoverRequest(instance.toString()), Limits.LEARNING);
            if (found.isSuccess()) {
                for (LwM2mLink link : found.getObjectLinks()) {
                    LwM2mPath path = link.getPath();
                    if (path.isResource() && path.toObjectInstancePath().equals(instance)) {
                        ids.add(path.getResourceId());
                    }
                }
            }
            if (ids.isEmpty()) {
                readNow(registration, instance, ids, read);
            }
        } catch (ThingFailedException silentThing) {
            LOG.log(Level.DEBUG, "{0}{1}: {2}", registration.getEndpoint(), instance, silentThing.getMessage());
        }
        return ids;
    }

    private void readNow(
            Registration registration,
            LwM2mPath instance,
            NavigableSet<Integer> ids,
            Map<LwM2mPath, Map<String, String>> read)
            throws ThingFailedException {
        ReadResponse response = line.ask(registration, new ReadRequest(instance.toString()), Limits.LEARNING);
        if (response.isSuccess() && response.getContent() instanceof LwM2mObjectInstance object) {
            ids.addAll(object.getResources().keySet());
            read.put(instance, Values.of(instance, kind(instance), object));
        }
    }

    private ObjectKind kind(LwM2mPath instance) {
        ObjectKind kind = kinds.get(instance.getObjectId());
        if (kind == null) {
            throw new IllegalStateException("not understood: " + instance);
        }
        return kind;
    }

    /// Asks for the values, now and whenever one changes.
    private void observe(Registration registration, LwM2mPath instance) {
        String name = registration.getEndpoint();
        told.remove(name + instance);
        try {
            ObserveResponse response = line.ask(registration, new ObserveRequest(instance.toString()), Limits.LEARNING);
            LwM2mChildNode content = response.isSuccess() ? response.getContent() : null;
            if (!response.isSuccess() || response.getObservation() == null) {
                silent.add(name);
                ReadResponse once = line.ask(registration, new ReadRequest(instance.toString()), Limits.LEARNING);
                content = once.isSuccess() ? once.getContent() : content;
            }
            if (content != null) {
                first(registration, instance, content);
            }
        } catch (ThingFailedException silentThing) {
            silent.add(name);
            LOG.log(Level.DEBUG, "{0}{1}: {2}", name, instance, silentThing.getMessage());
        }
    }

    private void first(Registration registration, LwM2mPath instance, LwM2mChildNode content) {
        order.lock();
        try {
            if (!told.contains(registration.getEndpoint() + instance)) {
                feed.values(registration.getEndpoint(), Values.of(instance, kind(instance), content));
            }
        } finally {
            order.unlock();
        }
    }
}
