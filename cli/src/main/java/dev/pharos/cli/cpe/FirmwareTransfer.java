// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the ACS orders by Download, done by the commands that the data model has for it, in one life of the device. The
/// order is kept: a device that lost its power in the middle goes on with it, and what became of it is told only when
/// the new firmware runs, or cannot. Thread-safe.
final class FirmwareTransfer implements AutoCloseable {
    private static final String INFO = "Device.DeviceInfo.";

    private final InstantiatedDataModel model;
    private final KeptContact kept;
    private final AgentRuntime runtime;
    private final Consumer<Report> report;
    private @Nullable Thread worker;
    private AgentTimer.@Nullable Entry alarm;
    private boolean closed;

    /// @param report is given what the ACS is to hear; keeps it before it returns
    FirmwareTransfer(InstantiatedDataModel model, KeptContact kept, AgentRuntime runtime, Consumer<Report> report) {
        this.model = model;
        this.kept = kept;
        this.runtime = runtime;
        this.report = report;
    }

    private Instant now() {
        return runtime.clock().instant();
    }

    /// Whether there is an image that does not run, to put the new one into.
    boolean isPossible() {
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
    /// @return false where another is under way
    synchronized boolean take(Download download) {
        if (closed || kept.firmware().isPresent()) {
            return false;
        }
        kept.firmware(Optional.of(FirmwareOrder.of(download, now())));
        return true;
    }

    /// The device has started: an order of before goes on.
    void resume() {
        Optional<FirmwareOrder> order = kept.firmware();
        if (order.isPresent() && order.get().isFetched() && runs(order.get().image())) {
            end(order.get(), FaultStruct.NONE);
        } else {
            go();
        }
    }

    private boolean runs(String image) {
        return active(model.snapshot()).equals(image);
    }

    /// Begins with the order that there is, if any, when it is due.
    synchronized void go() {
        Optional<FirmwareOrder> order = kept.firmware();
        if (closed || worker != null || alarm != null || order.isEmpty()) {
            return;
        }
        Duration wait = Duration.between(now(), order.get().due());
        alarm = runtime.timer().schedule(wait.isNegative() ? Duration.ZERO : wait, this::begin);
    }

    private synchronized void begin() {
        alarm = null;
        if (!closed && worker == null) {
            worker = Thread.ofVirtual().name("firmware").start(this::work);
        }
    }

    private void work() {
        Optional<FirmwareOrder> known = kept.firmware();
        if (known.isEmpty()) {
            return;
        }
        FirmwareOrder order = known.get().begunAgain();
        if (order.tries() > Limits.FIRMWARE_TRIES) {
            end(order, fault(order.isFetched() ? "the device does not start with it" : "the device restarts over it"));
            return;
        }
        kept.firmware(Optional.of(order));
        try {
            FirmwareOrder fetched = order.isFetched() ? order : fetch(order);
            model.operate(fetched.image() + "Activate()", Map.of());
            // the device restarts, and tells then
        } catch (UspException refused) {
            end(order, fault(refused.fault().errMsg()));
        } catch (InterruptedException stop) {
            // goes on at the next start
            Thread.currentThread().interrupt();
        }
    }

    private FirmwareOrder fetch(FirmwareOrder order) throws InterruptedException {
        String image = place().orElseThrow(
                        () -> new UspException(StandardErrorCode.COMMAND_FAILURE, "there is no room for it"));
        model.operate(image + "Download()", order.arguments());
        FirmwareOrder fetched = order.in(image).begunAgain();
        kept.firmware(Optional.of(fetched));
        return fetched;
    }

    private static FaultStruct fault(String why) {
        return CwmpFault.of(StandardFaultCode.FILE_TRANSFER_FAILURE, why).fault();
    }

    private void end(FirmwareOrder order, FaultStruct fault) {
        TransferOutcome outcome = new TransferOutcome(fault, CwmpTime.of(order.due()), CwmpTime.of(now()));
        report.accept(new Report(
                new TransferComplete(order.commandKey(), outcome),
                List.of(
                        new EventStruct(StandardEvent.TRANSFER_COMPLETE, ""),
                        new EventStruct(MethodEvent.DOWNLOAD, order.commandKey()))));
        synchronized (this) {
            kept.firmware(Optional.empty());
            worker = null;
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
        if (alarm != null) {
            alarm.cancel();
        }
        if (worker != null) {
            worker.interrupt();
        }
    }
}
