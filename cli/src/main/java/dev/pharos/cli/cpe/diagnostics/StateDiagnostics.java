// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe.diagnostics;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Backs `Device.IP.Diagnostics.IPPing.` and all its like: what is written there has the command of the same name run,
/// after the session in which it was written, and what that found stands there afterwards, also over a restart. A
/// diagnostic that the device restarts over is forgotten, and its state `None`. What is written while one runs has it
/// begin anew, or end. Thread-safe.
public final class StateDiagnostics implements ServiceElement {
    private static final List<StateObject> OBJECTS = StateObject.all();
    private static final SupportedDataModel MODEL = StateObject.model(OBJECTS);

    private final KeptResults kept;
    private volatile Optional<DeviceContext> context = Optional.empty();

    // the following are changed under the lock only, which is taken last
    private final Map<StateObject, Map<String, String>> due = new LinkedHashMap<>();
    private final Map<StateObject, Thread> running = new HashMap<>();
    private @Nullable InstantiatedDataModel model;
    private @Nullable Contact contact;
    private boolean closed;

    /// The contact to the ACS.
    public interface Contact {
        /// Whether a session is under way, at whose end [StateDiagnostics#go] is called.
        boolean isInSession();

        /// One is complete, of which the ACS is to hear.
        void diagnosed();

        /// For people.
        void say(String text);
    }

    /// @param folder where results are kept
    /// @throws IOException where those of before cannot be read
    public StateDiagnostics(Path folder) throws IOException {
        kept = new KeptResults(folder);
    }

    @Override
    public SupportedDataModel supported() {
        return MODEL;
    }

    @Override
    public void start(DeviceContext started) {
        context = Optional.of(started);
        for (StateObject object : OBJECTS) {
            String state = started.snapshot().value(object.state()).orElse(StateObject.NONE);
            Map<String, String> found = kept.of(object.path());
            boolean whole = state.equals(found.get(StateObject.STATUS));
            started.update(transaction -> {
                write(transaction, object, whole ? found : Map.of());
                return whole;
            });
        }
    }

    /// From now on diagnostics are carried out.
    public void begin(InstantiatedDataModel started, Contact who) {
        synchronized (this) {
            model = started;
            contact = who;
        }
        wake();
    }

    @Override
    public void validate(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            if (change instanceof Change.ValueChanged(String path, String _, String after)
                    && path.endsWith("." + StateObject.STATE)
                    && !after.equals(StateObject.REQUESTED)
                    && !after.equals(StateObject.CANCELED)) {
                throw new UspException(
                        StandardErrorCode.INVALID_VALUE,
                        path + ": only " + StateObject.REQUESTED + " and " + StateObject.CANCELED + " are written");
            }
        }
    }

    @Override
    public void apply(ChangeSet changes) {
        List<StateObject> idle = new ArrayList<>();
        for (StateObject object : OBJECTS) {
            if (changes.changes().stream().anyMatch(each -> each.path().startsWith(object.path()))) {
                boolean wanted = changes.after()
                        .value(object.state())
                        .filter(StateObject.REQUESTED::equals)
                        .isPresent();
                synchronized (this) {
                    stop(object);
                    if (wanted) {
                        due.put(object, object.inputs(changes.after()));
                    } else {
                        idle.add(object);
                    }
                }
            }
        }
        if (!idle.isEmpty()) {
            context.ifPresent(own -> own.update(transaction -> {
                idle.forEach(object -> transaction.set(object.state(), StateObject.NONE));
                return idle;
            }));
        }
        Thread.ofVirtual().name("diagnostics due").start(this::wake);
    }

    @Override
    public synchronized void undo(ChangeSet changes) {
        due.keySet()
                .removeIf(object ->
                        changes.changes().stream().anyMatch(each -> each.path().startsWith(object.path())));
    }

    /// Under the lock.
    private void stop(StateObject object) {
        due.remove(object);
        Thread worker = running.remove(object);
        if (worker != null) {
            worker.interrupt();
        }
    }

    private void wake() {
        Contact who;
        synchronized (this) {
            who = contact;
        }
        if (who != null && !who.isInSession()) {
            go();
        }
    }

    /// Begins with what is due: no session is under way.
    public synchronized void go() {
        InstantiatedDataModel mine = model;
        Contact who = contact;
        if (closed || mine == null || who == null) {
            return;
        }
        due.forEach((object, inputs) -> running.put(
                object,
                Thread.ofVirtual().name(object.command().name()).unstarted(() -> work(mine, who, object, inputs))));
        due.keySet().forEach(object -> {
            Thread worker = running.get(object);
            if (worker != null) {
                worker.start();
            }
        });
        due.clear();
    }

    private void work(InstantiatedDataModel mine, Contact who, StateObject object, Map<String, String> inputs) {
        Map<String, String> outputs;
        try {
            outputs = mine.operate(object.commandPath(), inputs);
        } catch (UspException refused) {
            who.say(object.commandPath() + " was asked for and failed: "
                    + refused.fault().errMsg());
            boolean busy = refused.code() == StandardErrorCode.RESOURCES_EXCEEDED;
            outputs = Map.of(StateObject.STATUS, busy ? "Error_Internal" : "Error_Other");
        } catch (InterruptedException stopped) {
            // whoever stopped it has said how it stands
            return;
        }
        try {
            if (publish(object, outputs)) {
                who.diagnosed();
            }
        } catch (UspException | IOException lost) {
            who.say("what " + object.commandPath() + " has found could not be kept: " + lost.getMessage());
        }
    }

    /// @return whether it was still wanted
    private boolean publish(StateObject object, Map<String, String> outputs) throws IOException {
        Thread worker = Thread.currentThread();
        // before the state says that they are there
        kept.put(object.path(), outputs);
        return context.orElseThrow().update(transaction -> {
            boolean wanted;
            synchronized (this) {
                wanted = !closed && running.remove(object, worker);
            }
            if (wanted) {
                write(transaction, object, outputs);
            }
            return wanted;
        });
    }

    /// All of the results, as they shall be.
    ///
    /// @param outputs of the command; empty where there are none
    private static void write(Transaction transaction, StateObject object, Map<String, String> outputs) {
        String path = object.path();
        object.results()
                .forEach(result -> transaction.set(
                        path + result.name(),
                        outputs.getOrDefault(result.name(), ValueSyntax.emptyValue(result.type()))));
        for (String table : object.tables()) {
            List<ObjectInstance> before = transaction
                    .snapshot()
                    .object(path)
                    .map(it -> it.rows(table))
                    .orElse(List.of());
            before.forEach(row -> transaction.delete(row.path()));
            rows(table, outputs).forEach((number, values) -> {
                String row = transaction.add(path + table + ".", number);
                values.forEach((name, value) -> transaction.set(row + name, value));
            });
        }
        transaction.set(object.state(), outputs.getOrDefault(StateObject.STATUS, StateObject.NONE));
    }

    /// By number, the values by their names in the row.
    private static Map<Long, Map<String, String>> rows(String table, Map<String, String> outputs) {
        Map<Long, Map<String, String>> rows = new TreeMap<>();
        outputs.forEach((name, value) -> {
            int dot = name.indexOf('.', table.length() + 1);
            if (name.startsWith(table + ".") && dot > 0) {
                rows.computeIfAbsent(Long.valueOf(name.substring(table.length() + 1, dot)), _ -> new LinkedHashMap<>())
                        .put(name.substring(dot + 1), value);
            }
        });
        return rows;
    }

    /// Stops what runs; nothing more is told.
    @Override
    public synchronized void close() {
        closed = true;
        due.clear();
        running.values().forEach(Thread::interrupt);
        running.clear();
    }
}
