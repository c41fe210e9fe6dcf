// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.model.FileCommand;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the ACS orders by Download and Upload, done by the commands that the data model has for it, in one life of the
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

    /// Takes an order for firmware. It is begun when [#go] is called.
    ///
    /// @return false where another is under way
    synchronized boolean take(Download firmware) {
        if (closed || kept.order(TransferOrder.FIRMWARE).isPresent()) {
            return false;
        }
        kept.order(TransferOrder.of(firmware, now()));
        return true;
    }

    /// The same with another file.
    ///
    /// @return false where [Limits#TRANSFERS] are under way
    synchronized boolean take(FileCommand file) {
        long last = 0;
        int open = 0;
        for (TransferOrder each : kept.orders()) {
            open += each.isFirmware() ? 0 : 1;
            last = Math.max(last, each.id());
        }
        if (closed || open >= Limits.TRANSFERS) {
            return false;
        }
        kept.order(TransferOrder.of(file, last + 1, now()));
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
                Duration wait = Duration.between(now(), order.due());
                alarms.put(id, runtime.timer().schedule(wait.isNegative() ? Duration.ZERO : wait, () -> begin(id)));
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
        Optional<TransferOrder> known = kept.order(id);
        if (known.isEmpty()) {
            return;
        }
        TransferOrder order = known.get().begunAgain();
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
                // the device restarts, and tells then
            } else {
                model.operate(order.command(), order.inputs());
                end(order, FaultStruct.NONE);
            }
        } catch (UspException refused) {
            end(order, fault(order, refused.fault().errMsg()));
        } catch (InterruptedException stop) {
            // goes on at the next start
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException unkept) {
            if (!isClosed()) {
                throw unkept;
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void run(TransferOrder order) throws InterruptedException {
        TransferOrder fetched = order.isFetched() ? order : fetch(order);
        model.operate(fetched.image() + "Activate()", Map.of());
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
        StandardFaultCode code = order.method() == MethodEvent.UPLOAD
                ? StandardFaultCode.UPLOAD_FAILURE
                : StandardFaultCode.FILE_TRANSFER_FAILURE;
        return CwmpFault.of(code, why).fault();
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
