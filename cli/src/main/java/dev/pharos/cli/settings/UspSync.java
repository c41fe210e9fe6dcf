// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.device.prplos.uci.UciListing;
import dev.pharos.device.prplos.uci.UciRefusedException;
import dev.pharos.device.prplos.uci.UciStore;
import dev.pharos.device.prplos.uci.UciValue;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the controllers of `/etc/config/usp` and those of `Device.LocalAgent.Controller.` the same: what management
/// changes there shows in the file, and what somebody writes in the file counts once he says so. Connections that are
/// the same before and after go on. Thread-safe.
public final class UspSync implements AutoCloseable {
    private static final String PACKAGE = "usp";
    private static final List<String> WATCHED = List.of(
            "Device.LocalAgent.MTP.",
            "Device.LocalAgent.Controller.",
            "Device.LocalAgent.ControllerTrust.Role.",
            "Device.MQTT.Client.",
            "Device.STOMP.Connection.");

    private final UciFolders folders;
    private final UciStore store;
    private final Path kept;
    private final Start start;
    private final ShortForm shortForm;
    private final Consumer<String> warn;
    private final AtomicBoolean waiting = new AtomicBoolean();

    private @Nullable InstantiatedDataModel model;
    private Agreed agreed = Agreed.NOTHING;
    private Map<String, UciValue> rest = Map.of();
    private List<String> told = List.of();
    private boolean closed;

    /// How the agent was started.
    ///
    /// @param first the controller of the section `config usp`
    /// @param also further controllers that are none of the file's sections, and stay as they are
    /// @param password for the first controller's broker
    /// @param elsewhere options of the section `config usp` that the command line has said
    public record Start(
            EndpointId own, EndpointId first, Set<EndpointId> also, Optional<String> password, Set<String> elsewhere) {
        public Start {
            also = Set.copyOf(also);
            elsewhere = Set.copyOf(elsewhere);
        }

        @Override
        public String toString() {
            return "Start[own=" + own + ", first=" + first + "]";
        }
    }

    /// What came of a look at the file.
    ///
    /// @param changed how many controllers the data model, or the file, has otherwise now
    /// @param restart options that have changed and count from the next start on
    /// @param warnings what was not taken over and why
    public record Reloaded(int changed, List<String> restart, List<String> warnings) {
        public Reloaded {
            restart = List.copyOf(restart);
            warnings = List.copyOf(warnings);
        }
    }

    /// @param kept a folder of the agent's own
    /// @param warn told in whole sentences, each once while it holds
    public UspSync(UciFolders folders, Path kept, Start start, ShortForm shortForm, Consumer<String> warn) {
        this.folders = folders;
        this.store = new UciStore(folders);
        this.kept = kept;
        this.start = start;
        this.shortForm = shortForm;
        this.warn = warn;
    }

    /// Follows the data model of an agent that has just started, and the file again from the beginning.
    public void started(InstantiatedDataModel running) {
        synchronized (this) {
            model = running;
            closed = false;
            rest = Map.of();
            List<String> problems = new ArrayList<>();
            try {
                Optional<Agreed> last = Agreed.read(kept);
                agreed = last.orElse(Agreed.NOTHING);
            } catch (IOException unreadable) {
                problems.add(unreadable.getMessage() + "; " + file() + " counts");
                agreed = Agreed.NOTHING;
            }
            if (!agreed.knows(start.first())) {
                // what it was given at its start is no change of management
                ControllerEntry given = controllers(running).getOrDefault(start.first(), ControllerEntry.NOTHING);
                Map<EndpointId, ControllerEntry> with = new LinkedHashMap<>(agreed.model());
                with.put(start.first(), given);
                agreed = new Agreed(agreed.file(), with);
            }
            problems.addAll(agree(running, true).warnings());
            tell(problems);
        }
        running.onChange(this::changed);
    }

    private void changed(ChangeSet changes) {
        boolean concerned = changes.origin() == Origin.MANAGEMENT
                && changes.changes().stream()
                        .anyMatch(change -> WATCHED.stream().anyMatch(change.path()::startsWith));
        if (concerned && waiting.compareAndSet(false, true)) {
            Thread.ofVirtual().name("usp-settings").start(this::follow);
        }
    }

    private synchronized void follow() {
        waiting.set(false);
        InstantiatedDataModel running = model;
        if (running != null && !closed) {
            tell(agree(running, false).warnings());
        }
    }

    /// Takes over what has changed in the file.
    public synchronized Reloaded reload() {
        InstantiatedDataModel running = model;
        if (running == null || closed) {
            return new Reloaded(0, List.of(), List.of("the agent does not run"));
        }
        Reloaded reloaded = agree(running, false);
        tell(reloaded.warnings());
        return reloaded;
    }

    private void tell(List<String> warnings) {
        warnings.stream().filter(warning -> !told.contains(warning)).forEach(warn);
        told = List.copyOf(warnings);
    }

    private Path file() {
        return folders.file(PACKAGE);
    }

    private Map<EndpointId, ControllerEntry> controllers(InstantiatedDataModel running) {
        Map<EndpointId, ControllerEntry> all = new LinkedHashMap<>(
                new AgentControllers(start.own(), start.first(), start.password()).in(running.snapshot()));
        all.keySet().removeAll(start.also());
        return all;
    }

    private UspSettings settings() throws IOException, MalformedInputException {
        UspSettings read = UspSettings.of(UciListing.read(file()), start.own(), start.first(), shortForm);
        start.also().forEach(read.controllers()::remove);
        UspSettings.Told first = read.controllers().get(start.first());
        if (first != null) {
            for (ControllerField field : ControllerField.values()) {
                if (start.elsewhere().contains(field.option(true))) {
                    first.unreadable().add(field);
                }
            }
        }
        return read;
    }

    private Reloaded agree(InstantiatedDataModel running, boolean starting) {
        try {
            UspSettings before = settings();
            Map<EndpointId, ControllerEntry> rows = controllers(running);
            Agreement agreement = Agreement.between(before.controllers(), rows, agreed, starting);
            List<String> warnings = new ArrayList<>();
            before.warnings().forEach(warning -> warnings.add(file() + ": " + warning));
            Set<EndpointId> apart = new HashSet<>(write(running, agreement, before, warnings));
            if (!agreement.toFile().isEmpty() || !agreement.removed().isEmpty()) {
                apart.addAll(write(agreement, before, warnings));
            }
            List<String> restart = restart(before.rest(), starting);
            remember(agreement.reached(before.controllers(), rows), apart, warnings);
            int changed = agreement.controllers().size() - apart.size();
            return new Reloaded(Math.max(changed, 0), restart, warnings);
        } catch (IOException | MalformedInputException unreadable) {
            String why = unreadable instanceof MalformedInputException malformed
                    ? malformed.detail()
                    : "cannot be read: " + unreadable.getMessage();
            return new Reloaded(0, List.of(), List.of(file() + ": " + why));
        }
    }

    /// @return those with which it did not succeed
    private Set<EndpointId> write(
            InstantiatedDataModel running, Agreement agreement, UspSettings file, List<String> warnings) {
        Set<EndpointId> apart = new HashSet<>();
        agreement.toModel().forEach((id, changes) -> {
            UspSettings.Told section = file.controllers().get(id);
            String where = file() + ": line " + (section == null ? 1 : section.line()) + ": " + id;
            tried(running, id, where, apart, warnings, writing -> writing.write(changes));
        });
        agreement.leaving().remove(start.first());
        for (EndpointId id : agreement.leaving()) {
            tried(running, id, file() + ": " + id + " stays", apart, warnings, ControllerWriting::delete);
        }
        return apart;
    }

    private void tried(
            InstantiatedDataModel running,
            EndpointId id,
            String where,
            Set<EndpointId> apart,
            List<String> warnings,
            Consumer<ControllerWriting> change) {
        try {
            running.write(Origin.MANAGEMENT, transaction -> {
                change.accept(new ControllerWriting(transaction, start.own(), id));
                return id;
            });
        } catch (UspException | IllegalArgumentException refused) {
            apart.add(id);
            warnings.add(where + ": nothing of it is taken over: " + refused.getMessage());
        }
    }

    /// @return those with which it did not succeed
    private Set<EndpointId> write(Agreement agreement, UspSettings file, List<String> warnings)
            throws MalformedInputException {
        try {
            SettingsWriting writing = new SettingsWriting(store.read(PACKAGE), file.controllers());
            List<UciChange> changes = writing.changes(agreement);
            writing.hide(file());
            store.commit(PACKAGE, changes);
            return Set.of();
        } catch (IOException | UciRefusedException failed) {
            warnings.add(file() + ": what management changed could not be written: " + failed.getMessage());
            Set<EndpointId> apart = new HashSet<>(agreement.toFile().keySet());
            apart.addAll(agreement.removed());
            return apart;
        }
    }

    private List<String> restart(Map<String, UciValue> now, boolean starting) {
        if (starting) {
            rest = now;
            return List.of();
        }
        Set<String> names = new TreeSet<>(rest.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> Objects.equals(rest.get(name), now.get(name)));
        return List.copyOf(names);
    }

    /// What was said while the two were being brought together is news next time.
    private void remember(Agreed reached, Set<EndpointId> apart, List<String> warnings) {
        Map<EndpointId, ControllerEntry> said = new LinkedHashMap<>(reached.file());
        Map<EndpointId, ControllerEntry> shown = new LinkedHashMap<>(reached.model());
        for (EndpointId id : apart) {
            replace(said, id, agreed.file().get(id));
            replace(shown, id, agreed.model().get(id));
        }
        Agreed now = new Agreed(said, shown);
        if (!now.equals(agreed)) {
            agreed = now;
            try {
                now.keep(kept);
            } catch (IOException full) {
                warnings.add("what " + file() + " and the agent agree on could not be kept: " + full.getMessage());
            }
        }
    }

    private static void replace(
            Map<EndpointId, ControllerEntry> entries, EndpointId id, @Nullable ControllerEntry before) {
        if (before == null) {
            entries.remove(id);
        } else {
            entries.put(id, before);
        }
    }

    /// Writes what management has changed in the last moment, and ends.
    @Override
    public synchronized void close() {
        InstantiatedDataModel running = model;
        if (running != null && !closed) {
            tell(agree(running, false).warnings());
            closed = true;
        }
    }
}
