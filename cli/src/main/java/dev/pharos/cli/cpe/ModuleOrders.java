// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.model.ModuleActions;
import dev.pharos.cwmp.rpc.AutonomousDuResult;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeComplete;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.datamodel.device.DataModelEvent;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.usp.UspException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the ACS orders of software modules by ChangeDUState, done by the commands that the data model has for it, in
/// one life of the device, and what others do with them. Orders are kept until the ACS has to be told how they ended,
/// and of an operation that was under way when the device lost its power it is told what the modules say of it: none is
/// begun twice. Thread-safe.
final class ModuleOrders implements ModuleActions, AutoCloseable {
    private static final String CHANGED = "DUStateChange!";

    private final InstantiatedDataModel model;
    private final KeptModules kept;
    private final AgentRuntime runtime;
    private final Predicate<Report> report;
    private final UnitStates states;
    private final Instant born;

    // the following are changed under the lock only
    private @Nullable Thread worker;
    private AgentTimer.@Nullable Entry patience;
    private boolean closed;

    /// @param report is given what the ACS is to hear and keeps it before it returns; false where there is no room
    ModuleOrders(InstantiatedDataModel model, KeptModules kept, AgentRuntime runtime, Predicate<Report> report) {
        this.model = model;
        this.kept = kept;
        this.runtime = runtime;
        this.report = report;
        this.states = new UnitStates(model);
        this.born = runtime.clock().instant();
    }

    /// Whether there are software modules at all.
    boolean isPossible() {
        return model.snapshot()
                .object(ModulePlan.MODULES)
                .filter(modules -> modules.definition().command("InstallDU()").isPresent())
                .isPresent();
    }

    /// It is begun when [#go] is called.
    @Override
    public synchronized boolean change(ChangeDuState order) {
        if (closed
                || kept.orders().size() >= Limits.MODULE_ORDERS
                || order.operations().size() > Limits.MODULE_OPERATIONS) {
            return false;
        }
        kept.add(ModuleOrder.of(order));
        return true;
    }

    @Override
    public void request(String unit, String state) {
        states.request(unit, state);
    }

    /// The device has started: orders of before go on.
    void resume() {
        model.onEvent(this::happened);
        if (isPossible() && kept.first().filter(ModuleOrder::begun).isPresent()) {
            synchronized (this) {
                patience = runtime.timer().schedule(Limits.MODULE_NEWS, this::nothingHeard);
            }
        } else {
            go();
        }
    }

    /// The modules know nothing of it: what the last life was about to begin it has not begun.
    private void nothingHeard() {
        synchronized (this) {
            patience = null;
        }
        go();
    }

    /// Goes on with the orders that there are, if any.
    synchronized void go() {
        if (!closed
                && worker == null
                && patience == null
                && isPossible()
                && !kept.orders().isEmpty()) {
            worker = Thread.ofVirtual().name("module-orders").start(this::work);
        }
    }

    private void work() {
        boolean rests = false;
        try {
            boolean more = true;
            while (more) {
                more = step();
            }
            rests = true;
        } catch (InterruptedException stop) {
            // told of at the next start
            Thread.currentThread().interrupt();
        } finally {
            rest(rests);
        }
    }

    /// What has come in the last moment is not left lying.
    private synchronized void rest(boolean well) {
        worker = null;
        if (well && kept.first().filter(order -> !order.isDone()).isPresent()) {
            go();
        }
    }

    /// @return whether there is more to do at once
    private boolean step() throws InterruptedException {
        Optional<ModuleOrder> first = kept.first();
        if (first.isEmpty() || Thread.currentThread().isInterrupted()) {
            return false;
        }
        ModuleOrder order = first.get();
        if (order.isDone()) {
            boolean told = report.test(order.report());
            if (told) {
                kept.removeFirst();
            }
            return told;
        }
        DuOperation operation = order.next();
        switch (ModulePlan.of(operation, model.snapshot())) {
            case ModulePlan.Several(List<DuOperation> each) -> kept.first(order.meaning(each));
            case ModulePlan.Impossible(var code, String why) ->
                kept.first(order.ended(ModuleResults.refused(
                        operation, code, why, runtime.clock().instant())));
            case ModulePlan.Run(String command, Map<String, String> arguments) ->
                run(order.beginning(), command, arguments);
        }
        return true;
    }

    private void run(ModuleOrder order, String command, Map<String, String> arguments) throws InterruptedException {
        kept.first(order);
        String why = "it has ended, and the device does not say how";
        int code = 7003;
        try {
            model.operate(command, arguments);
        } catch (UspException refused) {
            why = refused.fault().errMsg();
            code = refused.code().code();
        }
        if (kept.first().filter(order::equals).isPresent()) {
            // it was refused before the modules have even begun it
            String text = why.length() > Limits.FAULT_CHARACTERS ? why.substring(0, Limits.FAULT_CHARACTERS) : why;
            kept.first(order.ended(ModuleResults.refused(
                    order.next(),
                    ModuleResults.fault(code, ModuleResults.name(order.next()), why),
                    text,
                    runtime.clock().instant())));
        }
    }

    /// The modules tell how an operation has ended, on the thread that did it.
    private void happened(DataModelEvent event) {
        if (!event.name().equals(CHANGED)) {
            return;
        }
        DuResult result = ModuleResults.of(event.arguments());
        if (isOurs(event, result)) {
            go();
            return;
        }
        Optional<Instant> began = result.outcome().startTime().instant();
        boolean left = began.isPresent() && began.get().isBefore(born);
        // what the last life left to tell may be told again where that life could not note that it was told
        if (left && !kept.hears(new TreeMap<>(event.arguments()).toString())) {
            return;
        }
        String operation = event.arguments().getOrDefault("OperationPerformed", "");
        if (AutonomousModules.wants(model.snapshot(), operation, result)) {
            boolean _ = report.test(new Report(
                    new AutonomousDuStateChangeComplete(List.of(new AutonomousDuResult(operation, result))),
                    List.of(new EventStruct(StandardEvent.AUTONOMOUS_DU_STATE_CHANGE_COMPLETE, ""))));
        }
    }

    /// Whether it is the operation of an order, of this life or the one before; then its result is kept.
    private synchronized boolean isOurs(DataModelEvent event, DuResult result) {
        Optional<ModuleOrder> order = kept.first().filter(ModuleOrder::begun);
        boolean here = Thread.currentThread().equals(worker);
        AgentTimer.Entry waiting = patience;
        boolean before = waiting != null
                && result.outcome()
                        .startTime()
                        .instant()
                        .filter(began -> began.isBefore(born))
                        .isPresent()
                && order.filter(each -> isSame(each.next(), event.arguments())).isPresent();
        if (order.isEmpty() || !(here || before)) {
            return false;
        }
        if (before && waiting != null) {
            boolean _ = kept.hears(new TreeMap<>(event.arguments()).toString());
            waiting.cancel();
            patience = null;
        }
        kept.first(order.get().ended(result));
        return true;
    }

    private static boolean isSame(DuOperation operation, Map<String, String> event) {
        String uuid = ModuleResults.uuid(operation);
        return ModuleResults.name(operation).equals(event.get("OperationPerformed"))
                && (uuid.isEmpty() || uuid.equalsIgnoreCase(event.getOrDefault("UUID", "")));
    }

    /// Stops at once; what is under way is told of at the next start.
    @Override
    public synchronized void close() {
        closed = true;
        states.close();
        if (patience != null) {
            patience.cancel();
        }
        if (worker != null) {
            worker.interrupt();
        }
    }
}
