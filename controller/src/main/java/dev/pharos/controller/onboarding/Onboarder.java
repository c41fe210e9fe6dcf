// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.notification.EventWriter;
import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.Calls;
import dev.pharos.controller.peer.Learning;
import dev.pharos.controller.peer.Peer;
import dev.pharos.controller.policy.OnboardingPlan;
import dev.pharos.controller.presence.Presence;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.twin.Twins;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Learns devices, so many at once and no more: whoever comes while all places are taken waits its turn. What
/// fails is tried again after a while, as long as the device is there.
public final class Onboarder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Onboarder.class);

    private static final List<OnboardingStep> STEPS = List.of(
            new ProtocolStep(), new IdentityStep(), new SupportedModelStep(), new TwinStep(), new SubscriptionStep());

    private final Workplace place;
    private final KnownModels models;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Peer> waiting = new ArrayDeque<>();
    private final Set<EndpointId> busy = new HashSet<>();
    private final Set<EndpointId> anew = new HashSet<>();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private int running;
    private volatile Consumer<EndpointId> onLearnt = device -> {};
    private volatile boolean closed;

    public Onboarder(Workplace place) {
        this.place = place;
        this.models = new KnownModels(place.stores().models());
    }

    /// All that learning devices needs.
    public record Workplace(
            EndpointId own,
            OnboardingPlan plan,
            Stores stores,
            Calls calls,
            Twins twins,
            Presence presence,
            EventWriter events,
            Counters counters,
            Clock clock) {}

    /// Who is told of each device that was learnt, in the place of the next one: it must not wait for long.
    public void onLearnt(Consumer<EndpointId> listener) {
        onLearnt = listener;
    }

    /// A device has come: it is learnt where it is new, and asked for its software version where it is known.
    public void arrived(Peer peer) {
        submit(peer);
    }

    /// The device is learnt once more, whatever is known of it.
    public void again(Peer peer) {
        lock.lock();
        try {
            anew.add(peer.id());
        } finally {
            lock.unlock();
        }
        submit(peer);
    }

    /// Reads one object that the device says it has made into the twin, since the notification tells its keys
    /// only.
    public void read(Peer peer, String objectPath) {
        if (closed || peer.learning().state() == Learning.State.RUNNING) {
            return;
        }
        Thread.ofVirtual().name("twin-read").start(() -> {
            GetRequest request = new GetRequest(List.of(objectPath), 0);
            try {
                GetResponse response =
                        place.calls().call(peer.id(), request, place.plan().callTimeout());
                place.twins().learn(peer.id(), request, response, TwinValue.Source.GET);
            } catch (CallException failed) {
                LOG.debug("{} was not read after it came: {}", objectPath, failed.reason());
            }
        });
    }

    /// Gives the model of a device that was learnt, from memory where it is at hand.
    public Optional<SupportedModel> model(String hash) {
        return models.find(hash);
    }

    private void submit(Peer peer) {
        lock.lock();
        try {
            if (closed || !busy.add(peer.id())) {
                return;
            }
            waiting.addLast(peer);
            if (running < place.plan().atOnce()) {
                running++;
                Thread.ofVirtual().name("onboarding").start(this::work);
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (Peer peer = next(); peer != null; peer = next()) {
            boolean whole = takeAnew(peer);
            Optional<String> failure;
            try {
                failure = learn(peer, whole);
            } catch (RuntimeException defect) {
                LOG.error("learning {} failed for a reason of our own", peer.id(), defect);
                failure = Optional.of("learning it failed: " + defect.getMessage());
            }
            finish(peer, failure);
        }
    }

    private @Nullable Peer next() {
        lock.lock();
        try {
            Peer next = closed ? null : waiting.pollFirst();
            if (next == null) {
                running--;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private boolean takeAnew(Peer peer) {
        lock.lock();
        try {
            return anew.remove(peer.id());
        } finally {
            lock.unlock();
        }
    }

    /// @return why it failed
    private Optional<String> learn(Peer peer, boolean anew) {
        Newcomer newcomer = new Newcomer(
                peer.id(),
                place.own(),
                place.plan(),
                place.calls(),
                place.twins(),
                models,
                place.presence(),
                place.stores().devices());
        try {
            DeviceRecord known = newcomer.record();
            if (!known.approved() || (!anew && known.onboarded() && isUnchanged(newcomer, known))) {
                return Optional.empty();
            }
            place.counters().count(Counter.ONBOARDINGS);
            peer.learning(
                    new Learning(Learning.State.RUNNING, "", peer.learning().failures()));
            place.presence().refresh(peer);
            for (OnboardingStep step : STEPS) {
                step.take(newcomer);
            }
            // who is onboarded is not read again: what was read must be there after any end of this process
            place.twins().awaitKept(peer.id());
            newcomer.note(device -> device.withOnboarded(true));
            note(peer, EventKind.ONBOARDED, "the device is onboarded");
            onLearnt.accept(peer.id());
            return Optional.empty();
        } catch (CallException failed) {
            return Optional.of(failed.reason());
        } catch (StepFailedException | StoreException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    /// The one question that a known device is asked when it comes back.
    private static boolean isUnchanged(Newcomer newcomer, DeviceRecord known) throws CallException {
        String path = IdentityStep.DEVICE_INFO + "SoftwareVersion";
        GetResponse response = newcomer.ask(new GetRequest(List.of(path), 0));
        return response.requestedPathResults().stream()
                .flatMap(result -> result.resolvedPathResults().stream())
                .map(object -> object.resultParams().get("SoftwareVersion"))
                .anyMatch(version -> known.identity().softwareVersion().equals(version));
    }

    private void finish(Peer peer, Optional<String> failure) {
        Learning before = peer.learning();
        boolean again;
        lock.lock();
        try {
            busy.remove(peer.id());
            again = anew.contains(peer.id());
        } finally {
            lock.unlock();
        }
        if (failure.isEmpty()) {
            peer.learning(Learning.NONE);
            if (again) {
                submit(peer);
            }
        } else {
            failed(peer, before.failures() + 1, failure.get());
        }
        if (!before.equals(peer.learning())) {
            place.presence().refresh(peer);
        }
    }

    private void failed(Peer peer, int failures, String reason) {
        place.counters().count(Counter.ONBOARDINGS_FAILED);
        peer.learning(new Learning(Learning.State.FAILED, "learning it failed: " + reason, failures));
        if (failures == 1) {
            note(peer, EventKind.WARNING, "learning the device failed and is tried again: " + reason);
        }
        if (!closed) {
            Duration wait = place.plan().retry().waitBefore(failures, random);
            Thread.ofVirtual().name("onboarding-retry").start(() -> retry(peer, wait));
        }
    }

    private void retry(Peer peer, Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return;
        }
        if (peer.online()) {
            submit(peer);
        } else {
            peer.learning(Learning.NONE);
        }
    }

    private void note(Peer peer, EventKind kind, String text) {
        place.events().note(DeviceEvent.of(place.clock().instant(), Optional.of(peer.id()), kind, text));
    }

    @Override
    public void close() {
        closed = true;
    }
}
