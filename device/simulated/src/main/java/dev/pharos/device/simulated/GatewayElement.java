// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.CriticalStateMonitors;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs a data model with a simulated gateway: passes on what is asked to those who know, and keeps the
/// model true.
final class GatewayElement implements ServiceElement {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayElement.class);
    private static final String CHANNEL = "Device.WiFi.Radio.{i}.Channel";

    private final Identity identity;
    private final WorldClock world;
    private final FirmwareBank bank;
    private final Activity activity;
    private final HomeClients clients;
    private final LiveValues live;
    private final Happenings happenings;
    private final GatewayCommands commands;
    private final ProtocolCounters protocols;
    private final Runnable restart;
    private final GatewayLog log;
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong boots = new AtomicLong();
    private final AtomicBoolean settling = new AtomicBoolean();
    /// Radios whose channel management chose, until that is noted in the model.
    private final Map<String, String> chosenChannels = new ConcurrentHashMap<>();

    /// Stays after the end, for those who still read an old snapshot.
    private volatile @Nullable DeviceContext mounted;
    private volatile boolean running;
    private volatile WorldClock.Cancellable pace = () -> {};
    private volatile @Nullable CriticalStateMonitors monitors;

    GatewayElement(
            Identity identity,
            WorldClock world,
            FirmwareBank bank,
            FirmwareCommands.Source images,
            Runnable restart,
            GatewayLog log) {
        this.identity = identity;
        this.world = world;
        this.bank = bank;
        this.restart = restart;
        this.log = log;
        this.activity = new Activity(world.clock().instant());
        this.clients = new HomeClients(identity);
        this.protocols = new ProtocolCounters(world.clock(), activity);
        this.live = new LiveValues(identity.dice(), world.clock(), activity, protocols, bank);
        this.happenings = new Happenings(activity, clients);
        this.commands = new GatewayCommands(
                this,
                identity,
                activity,
                protocols,
                clients,
                new FirmwareCommands(bank, images, this::publishFirmware, slot -> restartInto(slot, restart)));
    }

    @Override
    public SupportedDataModel supported() {
        return BackedModel.SUPPORTED;
    }

    @Override
    public void start(DeviceContext context) {
        mounted = context;
        running = true;
        // to mount the data model is to boot: an image chosen before runs now
        bank.reboot();
        Instant now = now();
        log.note(now, "started with " + bank.activeVersion());
        activity.boot(now);
        context.update(transaction -> {
            FactoryContent.SHARED.install(transaction, identity, seconds(now));
            bank.publishAtBoot(transaction);
            settle(transaction, true);
            return now;
        });
        CriticalStateMonitors watching = new CriticalStateMonitors(
                context,
                world.clock(),
                (interval, work) -> world.every(interval, interval, () -> unlessClosed(work))::cancel);
        watching.adjust(context.snapshot());
        monitors = watching;
        restartWhereItMust();
        Duration every = identity.config().pace();
        if (!every.isZero()) {
            Duration first =
                    every.multipliedBy(identity.dice().roll("first", 1_000)).dividedBy(1_000);
            pace = world.every(every, first, this::step);
        }
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return BackedModel.isLive(supportedParameterPath);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        return live.read(object, parameter, context().snapshot());
    }

    @Override
    public void validate(ChangeSet proposed) {
        Validity.check(proposed);
    }

    @Override
    public void apply(ChangeSet changes) {
        for (Change change : changes.changes()) {
            note(change);
            switch (change) {
                case Change.ValueChanged changed -> {
                    if (Paths.supported(changed.path()).equals(CHANNEL)) {
                        chosenChannels.put(changed.path(), changed.after());
                    }
                    if (changed.path().endsWith(".LeaseDuration")) {
                        activity.touch(Paths.holderOfParameter(changed.path()), now());
                    }
                }
                case Change.RowAdded added -> activity.touch(added.path(), now());
                case Change.RowDeleted deleted -> activity.forget(deleted.path());
            }
        }
        watch(changes.after());
        settleSoon();
    }

    /// Without values, which may be secrets.
    private void note(Change change) {
        String what = switch (change) {
            case Change.ValueChanged _ -> "changed ";
            case Change.RowAdded _ -> "added ";
            case Change.RowDeleted _ -> "deleted ";
        };
        log.note(now(), what + change.path());
    }

    @Override
    public void undo(ChangeSet changes) {
        changes.changes().forEach(change -> log.note(now(), "taken back: " + change.path()));
        changes.changes().forEach(change -> chosenChannels.remove(change.path()));
        watch(context().snapshot());
        settleSoon();
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        return commands.run(call);
    }

    @Override
    public void close() {
        pace.cancel();
        CriticalStateMonitors watching = monitors;
        if (watching != null) {
            watching.close();
        }
        if (running) {
            running = false;
            bank.noteBootChoice(context().snapshot());
        }
    }

    boolean reboot() {
        if (!running) {
            return bank.reboot();
        }
        bank.noteBootChoice(context().snapshot());
        boolean updated = bank.reboot();
        log.note(now(), "restarted with " + bank.activeVersion());
        activity.boot(now());
        protocols.boot();
        update(transaction -> {
            bank.publish(transaction);
            commands.everybodyOff(transaction);
            settle(transaction, false);
        });
        restartWhereItMust();
        return updated;
    }

    /// An image that restarts the gateway again and again.
    private void restartWhereItMust() {
        Duration period = bank.traits().restartsEvery();
        long boot = boots.incrementAndGet();
        if (!period.isZero()) {
            world.after(period, () -> {
                if (running && boots.get() == boot) {
                    restart.run();
                }
            });
        }
    }

    void factoryReset() {
        log.note(now(), "all settings are the factory's again");
        activity.boot(now());
        protocols.boot();
        update(transaction -> {
            FactoryContent.SHARED.restore(transaction, identity, seconds(now()));
            bank.publishAtBoot(transaction);
            settle(transaction, false);
        });
    }

    private void watch(Snapshot settings) {
        CriticalStateMonitors watching = monitors;
        if (watching != null) {
            watching.adjust(settings);
        }
    }

    DeviceContext context() {
        return Objects.requireNonNull(mounted, "not started");
    }

    Instant now() {
        return world.clock().instant();
    }

    /// The time as a dateTime without fractions.
    static String seconds(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond()).toString();
    }

    /// Changes the data model where it is still there.
    void update(Work work) {
        if (running) {
            context().update(transaction -> {
                work.run(transaction);
                return transaction;
            });
        }
    }

    /// Makes statuses, names, stations and hosts follow from the rest.
    void settle(Transaction transaction, boolean atBoot) {
        Instant now = now();
        chosenChannels.forEach((path, channel) -> {
            noteChannel(transaction, path, channel, now);
            chosenChannels.remove(path, channel);
        });
        // what follows may have consequences of its own, such as a client that finds no access point and plugs in
        // nowhere
        Dependents.differing(transaction.snapshot(), identity, clients::cable).forEach((path, value) -> {
            if (!atBoot && path.endsWith(".Status")) {
                activity.changed(Paths.holderOfParameter(path), LiveValues.works(value), now);
            }
            transaction.set(path, value);
        });
        clients.settle(transaction, now);
    }

    private void noteChannel(Transaction transaction, String path, String channel, Instant now) {
        transaction
                .snapshot()
                .object(Paths.holderOfParameter(path))
                .filter(radio -> radio.value("Channel").filter(channel::equals).isPresent())
                .ifPresent(radio -> {
                    transaction.set(radio.path() + "AutoChannelEnable", "false");
                    happenings.changedChannel(transaction, radio, "Manual", "ManualChannelChangeCount", now);
                });
    }

    private void settleSoon() {
        if (settling.compareAndSet(false, true)) {
            world.soon(() -> {
                settling.set(false);
                quietly(transaction -> settle(transaction, false));
            });
        }
    }

    private void step() {
        Dice dice = identity.dice().with(steps.incrementAndGet());
        quietly(transaction -> {
            if (happenings.step(transaction, dice, now())) {
                log.note(now(), "somebody came home or left");
                settle(transaction, false);
            }
        });
    }

    private void restartInto(int slot, Runnable restart) {
        bank.bootNext(slot);
        update(transaction ->
                transaction.set(Paths.DEVICE_INFO + "BootFirmwareImage", Paths.reference(Paths.image(slot))));
        world.after(Limits.BEFORE_REBOOT, restart);
    }

    private void publishFirmware() {
        quietly(bank::publish);
    }

    /// A model that refuses what the gateway found is a defect of the gateway, which goes on living; one that
    /// is closed just now is not.
    private void quietly(Work work) {
        unlessClosed(() -> update(work));
    }

    private void unlessClosed(Runnable work) {
        try {
            work.run();
        } catch (UspException refused) {
            if (refused.code() == StandardErrorCode.INTERNAL_ERROR) {
                LOG.debug("{}: closed meanwhile", identity.config().serialNumber());
                return;
            }
            LOG.warn(
                    "{}: the data model refused an update: {}",
                    identity.config().serialNumber(),
                    refused.fault());
        }
    }

    /// Something to do in a transaction.
    @FunctionalInterface
    interface Work {
        void run(Transaction transaction);
    }
}
