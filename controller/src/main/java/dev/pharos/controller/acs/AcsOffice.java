// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.Kinds;
import dev.pharos.controller.notification.EventWriter;
import dev.pharos.controller.observe.WirePlace;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.policy.SubscriptionTemplate;
import dev.pharos.controller.presence.Presence;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.twin.Twins;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.acs.Caller;
import dev.pharos.cwmp.acs.Reception;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets devices of TR-069 in, by the same rules as those of USP, and keeps what is to be done with them. Thread-safe.
public final class AcsOffice implements Reception {
    /// What the inventory calls the way of devices that come over TR-069.
    public static final String TRANSPORT = DeviceRecord.IN_SESSIONS;

    private static final Logger LOG = LoggerFactory.getLogger(AcsOffice.class);
    private static final String BETWEEN_SESSIONS =
            "managed over TR-069: values are as of its last session, and what is asked waits for the next";

    private final Parts parts;
    private final Errands errands;
    private final Summons summons;
    private final Expectations expectations = new Expectations();
    private final Turns turns = new Turns();
    private final Set<EndpointId> lookedFor = ConcurrentHashMap.newKeySet();
    private final Attendance attendance;
    private final Identities identities;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private volatile Kinds kinds = Kinds.NONE;
    private volatile RequestedFiles requestedFiles = RequestedFiles.NONE;
    private volatile NextUrls nextUrls = NextUrls.NONE;

    /// What of the Controller it works with.
    ///
    /// @param subscriptions what every device is wanted to tell of, as over USP
    public record Parts(
            Stores stores,
            Twins twins,
            EventWriter events,
            Presence presence,
            Clock clock,
            List<SubscriptionTemplate> subscriptions,
            Door door) {
        public Parts {
            subscriptions = Frozen.list(subscriptions);
        }
    }

    /// Who comes in.
    ///
    /// @param overUsp whether a device is connected over USP at this moment
    /// @param refused told of everybody who is not let in
    /// @param rung told of every device that is called
    public record Door(Admission admission, Predicate<EndpointId> overUsp, Refused refused, Rung rung) {}

    /// Is told of a device that was not let in, where it came from and why.
    @FunctionalInterface
    public interface Refused {
        void refused(EndpointId device, WirePlace place, String reason);
    }

    /// What is kept for devices between their sessions.
    ///
    /// @param notices how they tell of changes
    /// @param modules what they have yet to tell of software modules
    /// @param transfers whose end they have yet to tell
    /// @param proofs how they show who they are
    /// @param logins with which they come to brokers when they have moved to USP
    /// @param names what they are called here that are known by another name
    /// @param calling how devices are called when there is something for them
    public record Errands(
            ErrandStore store,
            NoticeStore notices,
            ModuleOrderStore modules,
            OpenTransferStore transfers,
            Proofs proofs,
            BrokerLogins logins,
            CwmpNameStore names,
            Calling calling) {}

    /// How devices show who they are.
    @FunctionalInterface
    public interface Proofs {
        /// Of one that is not known here: nothing special.
        Credentials of(EndpointId device);
    }

    public AcsOffice(Parts parts, Errands errands) {
        this.parts = parts;
        this.errands = errands;
        this.summons = new Summons(
                parts.stores(), new CallLog(errands.calling(), parts.door().rung()));
        this.attendance = new Attendance(parts, this::stand);
        this.identities = new Identities(parts, errands.names(), turns, attendance);
    }

    /// What is known of kinds of devices, from their next session on.
    public void treats(Kinds known) {
        kinds = known;
    }

    /// What devices get from now on that ask for a file.
    public void gives(RequestedFiles files) {
        requestedFiles = files;
    }

    RequestedFiles requestedFiles() {
        return requestedFiles;
    }

    /// Where people may be led from now on whose devices were kicked.
    public void leads(NextUrls next) {
        nextUrls = next;
    }

    NextUrls nextUrls() {
        return nextUrls;
    }

    Kinds kinds() {
        return kinds;
    }

    Summons summons() {
        return summons;
    }

    void ended(StoredErrand errand, ErrandEnd end) {
        watchers.forEach(each -> each.ended(errand, end));
        expectations.ended(errand.device(), errand.errand(), end);
    }

    /// Is told of every errand that has ended, in the session of the device, which waits so long.
    @FunctionalInterface
    public interface Watcher {
        void ended(StoredErrand errand, ErrandEnd end);

        /// A device has come and told this, which is kept. What is [AcsOffice#leave]d for it now is done in this
        /// session.
        default void came(EndpointId device, List<EventStruct> events) {}

        /// Whether a device that has proved over USP who it is may come over TR-069 without proof all the same, as it
        /// always did: it is on its way between the two.
        default boolean comesUnproven(EndpointId device) {
            return false;
        }
    }

    /// From now on, beside those before.
    public void watchedBy(Watcher who) {
        watchers.add(who);
    }

    void came(EndpointId device, List<EventStruct> events) {
        watchers.forEach(each -> each.came(device, events));
    }

    Parts parts() {
        return parts;
    }

    Proofs proofs() {
        return errands.proofs();
    }

    ErrandStore errands() {
        return errands.store();
    }

    NoticeStore notices() {
        return errands.notices();
    }

    /// With which devices come to brokers when they have moved to USP.
    public BrokerLogins brokerLogins() {
        return errands.logins();
    }

    ModuleOrderStore modules() {
        return errands.modules();
    }

    Instant now() {
        return parts.clock().instant();
    }

    @Override
    public Welcome receive(Inform inform, CwmpVersion version, Caller caller) {
        Lock coming = identities.coming();
        coming.lock();
        try {
            return receive(identities.of(inform), inform, caller);
        } catch (StoreException unavailable) {
            LOG.error("{} could not be let in", inform.deviceId().canonical(), unavailable);
            return away(StandardFaultCode.ACS_INTERNAL_ERROR, "the inventory cannot be asked");
        } finally {
            coming.unlock();
        }
    }

    private Welcome receive(EndpointId id, Inform inform, Caller caller) {
        Optional<DeviceRecord> known = parts.stores().devices().find(id);
        Passport passport = new Passport(
                id,
                inform.deviceId(),
                isCalled(id, inform.deviceId()),
                caller,
                errands.proofs().of(id));
        return switch (passport.finding()) {
            case Passport.Finding.LoginWanted _ -> new Welcome.LoginWanted();
            case Passport.Finding.Refused(String reason) -> refused(id, caller, reason);
            case Passport.Finding.Good(PeerIdentity.Proof proof) ->
                known.isEmpty() && attendance.isFull()
                        ? refused(id, caller, "there is no room for more devices")
                        : admitted(
                                new PeerIdentity(Optional.of(id), proof, caller.address(), caller.loopback()),
                                asOverCwmp(known, proof),
                                new Arrival(id, inform, caller));
        };
    }

    /// Whether the device is known by its organisation and serial number, or was.
    boolean isCalled(EndpointId id, DeviceId told) {
        return Stream.of(told, new DeviceId("", told.oui(), "", told.serialNumber()))
                .map(DeviceNames::of)
                .anyMatch(name -> name.equals(id) || identities.isFormer(id, name));
    }

    private record Arrival(EndpointId id, Inform inform, Caller caller) {}

    private Welcome admitted(PeerIdentity peer, Optional<DeviceRecord> known, Arrival arrival) {
        EndpointId id = arrival.id();
        return switch (parts.door().admission().decide(id, peer, known)) {
            case Admission.Admitted(boolean verified) ->
                welcome(new Visitor(id, verified, arrival.caller()), arrival.inform());
            case Admission.Pending(String reason) -> {
                pending(id, arrival.caller(), arrival.inform(), reason);
                yield refused(id, arrival.caller(), reason);
            }
            case Admission.Refused(String reason) -> refused(id, arrival.caller(), reason);
        };
    }

    /// What is known of it without what it has proved over USP, where that does not count here.
    private Optional<DeviceRecord> asOverCwmp(Optional<DeviceRecord> known, PeerIdentity.Proof proof) {
        return known.map(record -> proof == PeerIdentity.Proof.NONE
                        && record.verified()
                        && watchers.stream().anyMatch(each -> each.comesUnproven(record.id()))
                ? record.withConnection(record.transport(), record.address(), false)
                : record);
    }

    /// Who was let in.
    record Visitor(EndpointId id, boolean verified, Caller caller) {}

    private Welcome welcome(Visitor visitor, Inform inform) {
        boolean first = parts.stores().devices().find(visitor.id()).isEmpty();
        parts.presence().enter(visitor.id(), true, visitor.verified());
        DeviceVisit visit = new DeviceVisit(this, visitor, inform);
        Optional<String> failure = visit.begin(first || attendance.isStale(visitor.id()));
        return failure.isPresent() ? away(StandardFaultCode.ACS_RETRY_REQUEST, failure.get()) : new Welcome.In(visit);
    }

    private void pending(EndpointId id, Caller caller, Inform inform, String reason) {
        parts.presence().enter(id, false, false);
        parts.presence()
                .change(
                        id,
                        known -> known.withConnection(TRANSPORT, caller.address(), known.verified())
                                .withIdentity(DeviceVisit.identity(known.identity(), inform))
                                .withLastSeen(now())
                                .withStatus(DeviceStatus.OFFLINE, reason));
    }

    private Welcome refused(EndpointId id, Caller caller, String reason) {
        parts.door().refused().refused(id, new WirePlace(TRANSPORT, caller.address()), reason);
        return away(StandardFaultCode.ACS_REQUEST_DENIED, reason);
    }

    private static Welcome away(StandardFaultCode code, String reason) {
        return new Welcome.Away(CwmpFault.of(code, reason));
    }

    /// The device has come, where USP does not say how it stands.
    void arrived(Visitor visitor, UnaryOperator<DeviceRecord> told) {
        boolean overUsp = parts.door().overUsp().test(visitor.id());
        if (overUsp) {
            summons.cameFrom(visitor.id(), visitor.caller().address());
        }
        stand(visitor.id(), known -> {
            DeviceRecord here = told.apply(known).withLastSeen(now());
            return overUsp
                    ? here
                    : here.withConnection(TRANSPORT, visitor.caller().address(), visitor.verified())
                            .withStatus(DeviceStatus.ONLINE, BETWEEN_SESSIONS);
        });
    }

    /// The session that is under way may be all that is left of it: it has been connected over USP when that began.
    void remains(Visitor visitor) {
        boolean left = !isOverUsp(visitor.id())
                && parts.stores()
                        .devices()
                        .find(visitor.id())
                        .filter(known -> !known.inSessions())
                        .isPresent();
        if (left) {
            arrived(visitor, UnaryOperator.identity());
        }
    }

    private void stand(EndpointId id, UnaryOperator<DeviceRecord> change) {
        Optional<DeviceRecord> before = parts.stores().devices().find(id);
        Optional<DeviceRecord> after = parts.presence().change(id, change);
        if (before.isPresent()
                && after.isPresent()
                && before.get().online() != after.get().online()) {
            boolean online = after.get().online();
            String text = online
                    ? "the device is online, by " + TRANSPORT + " from "
                            + after.get().address()
                    : "the device is offline: " + after.get().statusReason();
            parts.events()
                    .note(DeviceEvent.of(now(), Optional.of(id), online ? EventKind.ONLINE : EventKind.OFFLINE, text));
        }
    }

    /// All of the device was read, and it was told who calls it and of what it shall tell. Where it is connected over
    /// USP, that says whether it is onboarded.
    void onboarded(EndpointId id) {
        boolean news = !isOverUsp(id)
                && parts.stores()
                        .devices()
                        .find(id)
                        .filter(known -> !known.onboarded())
                        .isPresent();
        if (news) {
            parts.presence().change(id, known -> known.withOnboarded(true));
            parts.events().note(DeviceEvent.of(now(), Optional.of(id), EventKind.ONBOARDED, "the device is onboarded"));
        }
    }

    /// The device has left again.
    ///
    /// @param learnt whether all of it was read
    void left(EndpointId id, boolean learnt) {
        attendance.left(id, learnt);
    }

    Duration interval(EndpointId id) {
        return attendance.interval(id);
    }

    /// When a device comes by itself the next time, if it does as it says; that may be over. Empty for one that is not
    /// known.
    public Optional<Instant> expected(EndpointId device) {
        return parts.stores()
                .devices()
                .find(device)
                .map(known -> known.lastSeen().plus(attendance.interval(device)));
    }

    /// Notes who has not come for too long, also of those who were here before this server started, or come to another
    /// one. To be called now and then.
    public void sweep() {
        attendance.sweep();
    }

    /// No device comes to this server over TR-069, so that those that only came to it are not there.
    public void closed() {
        attendance.closed();
    }

    /// Whether what is asked of a device waits for its next session: it is managed over TR-069 and not connected over
    /// USP.
    public boolean isManaged(EndpointId device) {
        return !parts.door().overUsp().test(device)
                && parts.stores()
                        .devices()
                        .find(device)
                        .filter(known -> known.transport().equals(TRANSPORT))
                        .isPresent();
    }

    /// Whether the device is connected over USP at this moment.
    public boolean isOverUsp(EndpointId device) {
        return parts.door().overUsp().test(device);
    }

    /// Whether just this waits for the device.
    public boolean awaits(EndpointId device, Errand errand) {
        return awaitsAny(device, errand::equals);
    }

    /// Whether something of a kind waits for the device.
    public boolean awaitsAny(EndpointId device, Predicate<Errand> kind) {
        return errands.store().of(device).stream().anyMatch(each -> kind.test(each.errand()));
    }

    /// Nobody wants this any more, unless the device is at it.
    public void withdraw(EndpointId device, Errand errand) {
        boolean _ = withdrawAll(device, errand::equals);
    }

    /// The same of all of a kind.
    ///
    /// @return whether there was any
    public boolean withdrawAll(EndpointId device, Predicate<Errand> kind) {
        return errands.store().of(device).stream()
                        .filter(each -> kind.test(each.errand()))
                        .filter(each -> errands.store().withdraw(each).isPresent())
                        .count()
                > 0;
    }

    /// Has something done in the session that the device is in, or the next, to which it is not called.
    public void leave(EndpointId device, Errand errand) {
        Optional<StoredErrand> _ = errands.store().add(device, errand, now(), Limits.ERRANDS);
    }

    /// The device has come from there over TR-069, before it came over USP: there it is called.
    ///
    /// @param address with a port
    public void cameFrom(EndpointId device, String address) {
        summons.cameFrom(device, address);
    }

    /// Calls the device once more to what waits for it, without waiting for what comes of it.
    public void call(EndpointId device) {
        summons.begin(device);
    }

    /// Has something done in the next session of a device, and calls the device to it.
    ///
    /// @return empty where there is no room for more of it
    public Optional<StoredErrand> ask(EndpointId device, Errand errand) {
        Optional<StoredErrand> stored = errands.store().add(device, errand, now(), Limits.ERRANDS);
        if (stored.isPresent()) {
            summons.begin(device);
        }
        return stored;
    }

    /// Has an object read, in the session that is under way with the device or else in its next, where that is not to
    /// be done already.
    void readSoon(EndpointId device, String object) {
        Errand read = new Errand.ReadValues(List.of(object));
        if (!awaits(device, read)) {
            Optional<StoredErrand> _ = errands.store().add(device, read, now(), Limits.ERRANDS);
            if (!turns.isHere(device)) {
                summons.begin(device);
            }
        }
    }

    /// The same, and waits for what comes of it where the device can be called, or is here.
    ///
    /// @param wait how long at most, beside the call itself
    public Asked askNow(EndpointId device, Errand errand, Duration wait) throws InterruptedException {
        Expectations.Expectation mine = expectations.expect(device, errand);
        try {
            return errands.store().add(device, errand, now(), Limits.ERRANDS).isEmpty()
                    ? new Asked.NoRoom()
                    : await(device, mine, wait);
        } finally {
            expectations.forget(device, errand, mine);
        }
    }

    private Asked await(EndpointId device, Expectations.Expectation mine, Duration wait) throws InterruptedException {
        Optional<String> unmoved = turns.isHere(device) ? Optional.empty() : summons.call(device);
        Optional<ErrandEnd> end = unmoved.isPresent() && !turns.isHere(device) ? mine.end() : mine.await(wait);
        return end.<Asked>map(Asked.Ended::new)
                .orElseGet(() -> new Asked.Waits(unmoved.map(why -> "It cannot be called: " + why + ".")
                        .orElse("It was called and has not done it within " + wait.toSeconds() + " s.")));
    }

    /// A session is over, and may have ended just before it would have taken what somebody waits for: then the device
    /// is called to another.
    void callAgain(EndpointId device) {
        try {
            if (expectations.areThere(device) && awaitsAny(device, _ -> true)) {
                summons.begin(device);
            }
        } catch (StoreException unavailable) {
            LOG.warn("what waits for {} cannot be read: {}", device, unavailable.getMessage());
        }
    }

    /// The same, but what is not done in time is not done later either, and the next session of the device is held for
    /// a
    /// moment for whoever asks again.
    ///
    /// @return [Asked.Waits] where nothing was done and nothing will be; [ErrandEnd.Uncertain] where nobody knows
    public Asked askOnly(EndpointId device, Errand errand, Duration wait) {
        Expectations.Expectation mine = expectations.expect(device, errand);
        try {
            Optional<StoredErrand> stored = errands.store().add(device, errand, now(), Limits.ERRANDS);
            if (stored.isEmpty()) {
                return new Asked.NoRoom();
            }
            Asked asked;
            try {
                asked = await(device, mine, wait);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                asked = new Asked.Waits("The server stops.");
            }
            return asked instanceof Asked.Waits waits ? withdrawn(stored.get(), mine, waits) : asked;
        } finally {
            expectations.forget(device, errand, mine);
        }
    }

    private Asked withdrawn(StoredErrand errand, Expectations.Expectation mine, Asked.Waits waits) {
        OptionalInt attempts = errands.store().withdraw(errand);
        if (attempts.isEmpty() || (attempts.getAsInt() > 0 && !errand.errand().isRepeatable())) {
            // it has just ended, or was being done
            return new Asked.Ended(mine.end().orElseGet(ErrandEnd.Uncertain::new));
        }
        if (lookedFor.size() < Limits.DEVICES) {
            lookedFor.add(errand.device());
        }
        return waits;
    }

    /// Takes what devices tell in datagrams.
    ///
    /// @param heard which of them were taken
    public LightDesk light(HeardStore heard) {
        return new LightDesk(this, heard);
    }

    /// By which record devices of TR-069 are known, and what people say of that.
    public Identities identities() {
        return identities;
    }

    OpenTransferStore transfers() {
        return errands.transfers();
    }

    Turns turns() {
        return turns;
    }

    /// Whether somebody has looked for the device in vain; once.
    boolean isLookedFor(EndpointId device) {
        return lookedFor.remove(device);
    }
}
