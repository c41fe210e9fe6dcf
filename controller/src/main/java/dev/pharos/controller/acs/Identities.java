// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is who: by which record a device of TR-069 is known, and when two records are one device's.
///
/// An Endpoint ID, and a serial number, is what somebody says. Two records become one by themselves only where each
/// says of itself that it is the other, and one has proved who it is as well as the other; else a person says so, and
/// until then nothing of the one leads to the other. Thread-safe.
public final class Identities {
    private static final Logger LOG = LoggerFactory.getLogger(Identities.class);

    private static final String BUSY =
            "A session with the device is under way, or it has just changed: try it again in a moment.";

    private final AcsOffice.Parts parts;
    private final CwmpNameStore names;
    private final Turns turns;
    private final Attendance attendance;
    private final ReentrantReadWriteLock comings = new ReentrantReadWriteLock();

    Identities(AcsOffice.Parts parts, CwmpNameStore names, Turns turns, Attendance attendance) {
        this.parts = parts;
        this.names = names;
        this.turns = turns;
        this.attendance = attendance;
    }

    /// Held while a device comes in, so that its record does not become another's meanwhile.
    Lock coming() {
        return comings.readLock();
    }

    /// By which record the sender of an Inform is known.
    EndpointId of(Inform inform) {
        EndpointId plain = DeviceNames.of(inform.deviceId());
        EndpointId own = names.device(plain).orElse(plain);
        Optional<EndpointId> told = DeviceNames.told(inform).filter(each -> !each.equals(own));
        if (told.isEmpty()) {
            return own;
        }
        Optional<DeviceRecord> there = parts.stores().devices().find(told.get());
        if (there.isEmpty()) {
            // who is known keeps its record, which is called so once it has left
            return parts.stores().devices().find(own).isPresent() ? own : told.get();
        }
        DeviceIdentity known = there.get().identity();
        return isAnother(known, inform.deviceId().oui(), inform.deviceId().serialNumber()) ? own : told.get();
    }

    /// Whether this is the name by which the device was known before, which counts as its own.
    boolean isFormer(EndpointId device, EndpointId name) {
        return names.device(name).filter(device::equals).isPresent();
    }

    /// A device was read whole over TR-069, and its session is over.
    ///
    /// @param claim what it says that it is over USP
    /// @return by which name it is known now
    EndpointId learnt(EndpointId device, Optional<EndpointId> claim) {
        Optional<DeviceRecord> known = parts.stores().devices().find(device);
        if (known.isEmpty()) {
            return device;
        }
        Optional<EndpointId> other = claim.filter(each -> !each.equals(device));
        if (other.isPresent()) {
            Optional<DeviceRecord> there = parts.stores().devices().find(other.get());
            if (there.isPresent()) {
                return judge(known.get(), other, there.get()) ? other.get() : device;
            }
            boolean called = !isKnownOverUsp(known.get())
                    && isItsOwn(other.get(), known.get().identity())
                    && unite(device, other.get(), false, false);
            return called ? other.get() : device;
        }
        twinsOf(known.get()).forEach(twin -> judge(twin, claimOf(twin.id()), known.get()));
        return device;
    }

    /// A device was learnt over USP, which may be known over TR-069.
    public void learntOverUsp(EndpointId device) {
        try {
            compareWithUsp(device);
        } catch (StoreException unavailable) {
            // it is looked at again when either of both was read whole
            LOG.error("whether {} is known over TR-069 could not be found out", device, unavailable);
        }
    }

    private void compareWithUsp(EndpointId device) {
        Optional<DeviceRecord> known = parts.stores().devices().find(device);
        if (known.isEmpty()) {
            return;
        }
        DeviceIdentity says = known.get().identity();
        List<CwmpNameStore.Former> others = names.of(device).stream()
                .filter(each -> isAnother(says, each.oui(), each.serialNumber()))
                .toList();
        if (!others.isEmpty()) {
            names.part(device);
            note(
                    device,
                    EventKind.WARNING,
                    "over USP it is " + says.oui() + " " + says.serialNumber() + ", and over TR-069 "
                            + others.getFirst().name()
                            + " has called itself so: these are two, and what comes over TR-069 is known by its own"
                            + " name again");
            return;
        }
        twinsOf(known.get()).forEach(twin -> judge(twin, claimOf(twin.id()), known.get()));
    }

    /// Somebody says that both are one device.
    ///
    /// @param one the record that is there
    /// @param other by which it is known from then on; empty record where the inventory has none of that name
    /// @return why that cannot be, as a sentence; empty where it is done
    public Optional<String> confirmed(DeviceRecord one, EndpointId other, Optional<DeviceRecord> there) {
        if (one.id().equals(other)) {
            return Optional.of("It is " + other + " already.");
        }
        if (there.isEmpty()) {
            return claimOf(one.id()).filter(other::equals).isEmpty()
                    ? Optional.of("There is no device " + other + ", and " + one.id() + " does not call itself so.")
                    : isKnownOverUsp(one)
                            ? Optional.of(one.id() + " is known over USP by that name.")
                            : joined(one.id(), other, false);
        }
        boolean turned = isKnownOverUsp(one);
        DeviceRecord gone = turned ? there.get() : one;
        DeviceRecord stays = turned ? one : there.get();
        if (isKnownOverUsp(gone)) {
            return Optional.of("Both have come over USP, each by its own name: they are two.");
        }
        if (gone.verified() && !stays.verified()) {
            return Optional.of(gone.id() + " has proved who it is over TR-069, and " + stays.id()
                    + " has not over USP: it has to come with a certificate or a login of its own first.");
        }
        return joined(gone.id(), stays.id(), true);
    }

    private Optional<String> joined(EndpointId gone, EndpointId stays, boolean known) {
        return unite(gone, stays, known, true) ? Optional.empty() : Optional.of(BUSY);
    }

    /// Whose record this is the name of from before, where nobody has it now.
    public Optional<EndpointId> formerly(EndpointId name) {
        return names.formerly(name);
    }

    /// By which names a record was known before, in their order.
    public List<CwmpNameStore.Past> pastOf(EndpointId device) {
        return names.pastOf(device);
    }

    /// Somebody says that both are two after all.
    ///
    /// @return why that cannot be, as a sentence; empty where it is done
    public Optional<String> parted(EndpointId device, EndpointId former) {
        Optional<CwmpNameStore.Past> past = names.pastOf(device).stream()
                .filter(each -> each.name().equals(former))
                .findFirst();
        if (past.isEmpty()) {
            return Optional.of(former + " never was a record of its own that has become " + device + ".");
        }
        if (!past.get().undoable()) {
            return Optional.of("That " + former + " is " + device + " has not been said by a person since this could"
                    + " be undone: what each of both had is not known any more.");
        }
        if (parts.stores().devices().find(former).isPresent()) {
            return Optional.of(former + " is in the inventory again: both are two already.");
        }
        parts.stores().twins().awaitKept(device);
        if (!alone(() -> names.split(device, former, now()), device)) {
            return Optional.of(BUSY);
        }
        parts.presence().change(former, known -> known);
        parts.presence().change(device, known -> known);
        note(device, EventKind.EVENT, former + " is a record of its own again, as it was before both became one");
        note(
                former,
                EventKind.EVENT,
                "it is a record of its own again, and no longer " + device
                        + "; what has happened meanwhile stays there");
        return Optional.empty();
    }

    /// Records that would be this device's by organisation and serial number, known over TR-069 alone.
    private List<DeviceRecord> twinsOf(DeviceRecord device) {
        return plainNames(device.identity())
                .filter(name -> !name.equals(device.id()))
                .flatMap(name -> parts.stores().devices().find(name).stream())
                .filter(twin -> !isKnownOverUsp(twin))
                .toList();
    }

    /// Makes both one where that is sure; asks people where it may be.
    ///
    /// @param cwmp known over TR-069
    /// @param claim what that says that it is over USP
    /// @return whether they are one now
    private boolean judge(DeviceRecord cwmp, Optional<EndpointId> claim, DeviceRecord usp) {
        boolean says = claim.filter(usp.id()::equals).isPresent();
        DeviceIdentity one = cwmp.identity();
        DeviceIdentity other = usp.identity();
        boolean same = isSame(one, other);
        if (isKnownOverUsp(cwmp) || (claim.isPresent() && !says) || !names.mayBeOne(cwmp.id(), usp.id())) {
            return false;
        }
        if (says && isAnother(other, one.oui(), one.serialNumber())) {
            ask(cwmp.id(), usp.id(), "that says that it is another: " + other.oui() + " " + other.serialNumber());
            return false;
        }
        if (says && same && cwmp.verified() == usp.verified()) {
            return unite(cwmp.id(), usp.id(), true, false);
        }
        if (says || same) {
            ask(
                    cwmp.id(),
                    usp.id(),
                    says && same
                            ? "one of both has proved who it is, and the other has not"
                            : says
                                    ? "that has not said its serial number yet"
                                    : "it does not say so itself over TR-069");
        }
        return false;
    }

    private void ask(EndpointId cwmp, EndpointId usp, String why) {
        String text = cwmp + ", known over TR-069, may be " + usp + ", and stays apart, for " + why
                + "; who knows that they are one says so: ./pharos proof " + cwmp + " --same-as " + usp;
        for (EndpointId device : List.of(cwmp, usp)) {
            DeviceEvent event = DeviceEvent.of(now(), Optional.of(device), EventKind.WARNING, text);
            parts.events().note(new NewEvent(event, Telling.digest(device + " " + text)));
        }
    }

    /// Does something while no device comes in.
    ///
    /// @param absent who must not be in a session
    /// @return false where a session is under way, or the inventory has changed since
    private boolean alone(BooleanSupplier work, EndpointId absent) {
        Lock alone = comings.writeLock();
        try {
            if (!alone.tryLock(Limits.UNITING.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return !turns.isHere(absent) && work.getAsBoolean();
        } finally {
            alone.unlock();
        }
    }

    /// @return false where a session is under way, or the inventory has changed since
    private boolean unite(EndpointId gone, EndpointId stays, boolean known, boolean undoable) {
        if (!alone(() -> united(gone, stays, known, undoable), gone)) {
            return false;
        }
        note(
                stays,
                EventKind.EVENT,
                known
                        ? "it is the device that was known over TR-069 as " + gone + ": both are one from now on"
                        : "it says that it is " + stays + " over USP, and is known by that from now on; over TR-069 it"
                                + " was " + gone);
        return true;
    }

    private boolean united(EndpointId gone, EndpointId stays, boolean known, boolean undoable) {
        Optional<DeviceRecord> before = parts.stores().devices().find(gone);
        // what both have answered lately is kept before it moves
        parts.stores().twins().awaitKept(gone);
        parts.stores().twins().awaitKept(stays);
        boolean done = before.isPresent()
                && names.unite(new CwmpNameStore.Union(gone, stays, known, former(before.get()), undoable), now());
        if (done) {
            attendance.renamed(gone, stays);
            parts.presence().renamed(gone, stays);
        }
        return done;
    }

    /// What leads to it over TR-069: no name but that of its own organisation and serial number.
    private static Optional<CwmpNameStore.Former> former(DeviceRecord device) {
        DeviceIdentity says = device.identity();
        return plainNames(says)
                .filter(device.id()::equals)
                .findFirst()
                .map(name -> new CwmpNameStore.Former(name, says.oui(), says.serialNumber()));
    }

    private static Stream<EndpointId> plainNames(DeviceIdentity says) {
        return says.oui().isEmpty() || says.serialNumber().isEmpty()
                ? Stream.empty()
                : Stream.of(says.productClass(), "")
                        .distinct()
                        .map(productClass ->
                                DeviceNames.of(new DeviceId("", says.oui(), productClass, says.serialNumber())));
    }

    /// Whether a name that nobody has yet is not that of another organisation's device.
    private static boolean isItsOwn(EndpointId name, DeviceIdentity says) {
        String scheme = name.toString().replaceFirst("::.*", "");
        return !(scheme.equals("os") || scheme.equals("ops"))
                || name.toString()
                        .toUpperCase(Locale.ROOT)
                        .startsWith(scheme.toUpperCase(Locale.ROOT) + "::"
                                + says.oui().toUpperCase(Locale.ROOT) + "-");
    }

    private boolean isKnownOverUsp(DeviceRecord device) {
        return !device.protocolVersions().isEmpty() || parts.door().overUsp().test(device.id());
    }

    /// What a device said over TR-069 that it is over USP, as its twin has it.
    private Optional<EndpointId> claimOf(EndpointId device) {
        TwinStore twins = parts.stores().twins();
        return twins.find(device, "Device.LocalAgent.EndpointID")
                .map(TwinValue::value)
                .or(() -> Stream.of("Device.X_", "InternetGatewayDevice.")
                        .flatMap(root -> twins.list(device, root, Limits.VALUES).stream())
                        .filter(value -> DeviceNames.isOwn(CwmpNames.forAcs(value.path())))
                        .map(TwinValue::value)
                        .findFirst())
                .flatMap(DeviceNames::parsed);
    }

    /// Organisation, product class where both say one, and serial number.
    private static boolean isSame(DeviceIdentity one, DeviceIdentity other) {
        boolean sameClass = one.productClass().isEmpty()
                || other.productClass().isEmpty()
                || one.productClass().equals(other.productClass());
        return !one.serialNumber().isEmpty()
                && one.serialNumber().equals(other.serialNumber())
                && one.oui().equalsIgnoreCase(other.oui())
                && sameClass;
    }

    /// Whether what is known of a device is not so.
    private static boolean isAnother(DeviceIdentity known, String oui, String serialNumber) {
        return (!known.serialNumber().isEmpty() && !known.serialNumber().equals(serialNumber))
                || (!known.oui().isEmpty() && !known.oui().equalsIgnoreCase(oui));
    }

    private Instant now() {
        return parts.clock().instant();
    }

    private void note(EndpointId device, EventKind kind, String text) {
        parts.events().note(DeviceEvent.of(now(), Optional.of(device), kind, text));
    }
}
