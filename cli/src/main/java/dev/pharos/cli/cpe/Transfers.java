// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.model.FileCommand;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.QueuedTransfer;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TransferState;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the ACS orders by Download, ScheduleDownload and Upload, done by the commands that the data model has for it,
/// in one life of the
/// device. Orders are kept: a device that lost its power in the middle goes on with them, and what became of firmware
/// is
/// told only when it runs, or cannot. Thread-safe.
final class Transfers implements AutoCloseable {
    private static final String INFO = "Device.DeviceInfo.";

    private final InstantiatedDataModel model;
    private final KeptContact kept;
    private final AgentRuntime runtime;
    private final Consumer<Report> report;
    /// Orders that wait for their time, and what is at work on the others, by the number of the order.
    private final Map<Long, AgentTimer.Entry> alarms = new HashMap<>();

    private final Map<Long, Thread> workers = new HashMap<>();
    private boolean closed;

    /// @param report is given what the ACS is to hear; keeps it before it returns
    Transfers(InstantiatedDataModel model, KeptContact kept, AgentRuntime runtime, Consumer<Report> report) {
        this.model = model;
        this.kept = kept;
        this.runtime = runtime;
        this.report = report;
    }

    private Instant now() {
        return runtime.clock().instant();
    }

    /// Whether there is an image that does not run, to put new firmware into.
    boolean takesFirmware() {
        return place().isPresent();
    }

    private Optional<String> place() {
        Snapshot snapshot = model.snapshot();
        String active = active(snapshot);
        return snapshot.object(INFO).stream()
                .flatMap(info -> info.rows("FirmwareImage").stream())
                .map(ObjectInstance::path)
                .filter(image -> !image.equals(active))
                .findFirst();
    }

    /// Takes an order. It is begun when [#go] is called.
    ///
    /// @return false where other firmware is under way, or [Limits#TRANSFERS] other files are
    synchronized boolean take(FileCommand file) {
        List<TransferOrder> orders = kept.orders();
        boolean firmware = file.command().isEmpty();
        long last = orders.stream().mapToLong(TransferOrder::id).max().orElse(TransferOrder.FIRMWARE);
        long open =
                orders.stream().filter(each -> each.isFirmware() == firmware).count();
        if (closed || open >= (firmware ? 1 : Limits.TRANSFERS)) {
            return false;
        }
        kept.order(TransferOrder.of(file, firmware ? TransferOrder.FIRMWARE : last + 1, now()));
        return true;
    }

    /// Orders of which the ACS has not been told the end.
    synchronized List<AnyQueuedTransfer> queued() {
        return kept.orders().stream()
                .map(order -> new AnyQueuedTransfer(
                        new QueuedTransfer(
                                order.what().commandKey(),
                                workers.containsKey(order.id())
                                        ? TransferState.IN_PROGRESS
                                        : TransferState.NOT_YET_STARTED),
                        !order.isUpload(),
                        order.what().fileType(),
                        new TargetFile(order.size(), "")))
                .toList();
    }

    /// Gives up the orders of this key.
    ///
    /// @return false where one has begun: then none is given up
    synchronized boolean cancel(String commandKey) {
        List<TransferOrder> meant = kept.orders().stream()
                .filter(order -> order.what().commandKey().equals(commandKey))
                .toList();
        if (meant.stream().anyMatch(order -> workers.containsKey(order.id()) || order.isFetched())) {
            return false;
        }
        for (TransferOrder order : meant) {
            AgentTimer.Entry alarm = alarms.remove(order.id());
            if (alarm != null) {
                alarm.cancel();
            }
            kept.settled(order);
        }
        return true;
    }

    /// The device has started: orders of before go on.
    void resume() {
        for (TransferOrder order : kept.orders()) {
            if (order.isFetched() && runs(order.image())) {
                end(order, FaultStruct.NONE);
            }
        }
        go();
    }

    private boolean runs(String image) {
        return active(model.snapshot()).equals(image);
    }

    /// Begins with the orders that there are, each when it is due.
    synchronized void go() {
        if (closed) {
            return;
        }
        for (TransferOrder order : kept.orders()) {
            long id = order.id();
            if (!alarms.containsKey(id) && !workers.containsKey(id)) {
                Instant now = now();
                Duration wait = Duration.between(now, order.time().opening(now).orElse(now));
                alarms.put(id, runtime.timer().schedule(wait, () -> begin(id)));
            }
        }
    }

    private synchronized void begin(long id) {
        alarms.remove(id);
        if (!closed) {
            workers.computeIfAbsent(id, _ -> Thread.ofVirtual().name("transfer").start(() -> work(id)));
        }
    }

    private void work(long id) {
        try {
            Optional<TransferOrder> known = kept.order(id);
            if (known.isPresent()) {
                work(known.get().begunAgain());
            }
        } catch (InterruptedException stop) {
            // goes on at the next start
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException unkept) {
            if (!isClosed()) {
                throw unkept;
            }
        }
    }

    private void work(TransferOrder order) throws InterruptedException {
        if (order.time().opening(now()).isEmpty()) {
            tooLate(order);
            return;
        }
        if (order.tries() > Limits.TRANSFER_TRIES) {
            end(
                    order,
                    fault(
                            order,
                            order.isFetched() ? "the device does not start with it" : "the device restarts over it"));
            return;
        }
        kept.order(order);
        try {
            if (order.isFirmware()) {
                run(order);
            } else {
                model.operate(order.command(), order.inputs());
                end(order, FaultStruct.NONE);
            }
        } catch (UspException refused) {
            Optional<TransferOrder.Time> next = order.time().inTheNext(now());
            if (next.isPresent()) {
                putOff(kept.order(order.id()).orElse(order).at(next.get()));
            } else {
                end(order, TransferFault.of(order.isUpload(), refused));
            }
        }
    }

    private void run(TransferOrder order) throws InterruptedException {
        TransferOrder fetched = order.isFetched() ? order : fetch(order);
        Optional<Instant> opening = fetched.time().opening(now());
        if (opening.isEmpty()) {
            tooLate(fetched);
        } else if (opening.get().isAfter(now())) {
            // it took longer than the window was open
            putOff(fetched.at(fetched.time()));
        } else {
            model.operate(fetched.image() + "Activate()", Map.of());
            // the device restarts, and tells then
        }
    }

    private synchronized void putOff(TransferOrder order) {
        kept.order(order);
        workers.remove(order.id());
        go();
    }

    private void tooLate(TransferOrder order) {
        end(order, new FaultStruct(StandardFaultCode.OUTSIDE_OF_TIME_WINDOWS, "the windows are over"));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private TransferOrder fetch(TransferOrder order) throws InterruptedException {
        String image = place().orElseThrow(
                        () -> new UspException(StandardErrorCode.COMMAND_FAILURE, "there is no room for it"));
        model.operate(image + "Download()", order.inputs());
        TransferOrder fetched = order.in(image).begunAgain();
        kept.order(fetched);
        return fetched;
    }

    private static FaultStruct fault(TransferOrder order, String why) {
        return new FaultStruct(TransferFault.general(order.isUpload()), why);
    }

    private void end(TransferOrder order, FaultStruct fault) {
        report.accept(order.ended(fault, now()));
        synchronized (this) {
            kept.settled(order);
            workers.remove(order.id());
        }
    }

    private static String active(Snapshot snapshot) {
        String active = snapshot.value(INFO + "ActiveFirmwareImage").orElse("");
        return active.isEmpty() || active.endsWith(".") ? active : active + ".";
    }

    /// Stops at once; what is under way goes on at the next start.
    @Override
    public synchronized void close() {
        closed = true;
        alarms.values().forEach(AgentTimer.Entry::cancel);
        workers.values().forEach(Thread::interrupt);
    }
}
