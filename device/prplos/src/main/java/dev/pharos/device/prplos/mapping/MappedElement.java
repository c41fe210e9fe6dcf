// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciAdoption;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciCommit;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciRefusedException;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.device.prplos.uci.UciStore;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs the tables of a mapping with UCI. What management writes in one message becomes one commit and one
/// reload for each package; where a daemon refuses the reload, the files are as before and the write fails.
/// What others change in the files shows within seconds.
public final class MappedElement implements ServiceElement {
    private static final Logger LOG = LoggerFactory.getLogger(MappedElement.class);

    private final Mapping mapping;
    private final UciStore store;
    private final Daemons daemons;
    private final SupportedDataModel supported;
    private final MappedRows rows;
    private final Wanted wanted;
    /// What the data model shows now.
    private volatile Seen published = Seen.NOTHING;
    /// What daemons said when they were last asked.
    private volatile Map<State.Question, UbusTable> answers = Map.of();
    /// What the last write did, for as long as it may have to be taken back.
    private List<UciCommit> last = List.of();

    private @Nullable DeviceContext mounted;
    private volatile boolean open = true;
    private volatile @Nullable Thread look;

    /// @throws IllegalArgumentException where the gateway model lacks something of the mapping
    public MappedElement(Mapping mapping, UciStore store, Daemons daemons) {
        this.mapping = mapping;
        this.store = store;
        this.daemons = daemons;
        this.supported = MappedModel.of(mapping);
        this.rows = new MappedRows(mapping);
        this.wanted = new Wanted(mapping, rows);
    }

    /// How things are configured, by package, and how they stand.
    record Seen(Map<String, UciPackage> packages, Map<State.Question, UbusTable> answers) {
        static final Seen NOTHING = new Seen(Map.of(), Map.of());

        Seen {
            packages = Map.copyOf(packages);
            answers = Map.copyOf(answers);
        }
    }

    /// @throws IllegalArgumentException where the gateway model lacks something of the mapping, naming it
    public static void mustBeKnown(Mapping mapping) {
        MappedModel.of(mapping);
    }

    @Override
    public SupportedDataModel supported() {
        return supported;
    }

    @Override
    public void start(DeviceContext context) {
        mounted = context;
        packages().forEach(this::adopt);
        look(read());
        Thread watching = Thread.ofVirtual().name("uci-look").unstarted(this::watch);
        look = watching;
        watching.start();
        daemons.onNews(() -> LockSupport.unpark(watching));
    }

    private Set<String> packages() {
        Set<String> names = new HashSet<>();
        mapping.tables().forEach(table -> names.add(table.packageName()));
        return names;
    }

    private void adopt(String packageName) {
        Set<String> types = new HashSet<>();
        mapping.tables().stream()
                .filter(table -> table.packageName().equals(packageName))
                .forEach(table -> types.add(table.type()));
        try {
            store.commit(packageName, UciAdoption.of(store.read(packageName), types));
        } catch (IOException | UciRefusedException failed) {
            LOG.warn("the sections of {} could not be named: {}", packageName, failed.getMessage());
        } catch (MalformedInputException malformed) {
            LOG.warn("the package {} cannot be read: {}", packageName, malformed.detail());
        }
    }

    private void watch() {
        try {
            while (open) {
                lookAgain();
                Thread.sleep(Limits.BREATH);
                LockSupport.parkNanos(this, Limits.LOOK.toNanos());
            }
        } catch (InterruptedException closed) {
            // nobody wants to see more
        }
    }

    private void lookAgain() throws InterruptedException {
        try {
            ask();
            Seen seen = read();
            if (!seen.packages().equals(published.packages())) {
                // whoever writes a file in place leaves it empty or half for a moment
                Thread.sleep(isEmptied(seen) ? Limits.EMPTY : Limits.BREATH);
            }
            look(seen);
        } catch (UspException refused) {
            if (open) {
                LOG.warn("the data model refused what UCI says: {}", refused.fault());
            }
        } catch (RuntimeException defect) {
            // a defect must not end the watch, which would leave the model as it is for ever
            LOG.error("what UCI says could not be published", defect);
        }
    }

    private boolean isEmptied(Seen seen) {
        return seen.packages().values().stream()
                .anyMatch(content -> content.sections().isEmpty()
                        && !content.equals(published.packages().get(content.name())));
    }

    private void ask() throws InterruptedException {
        Map<State.Question, UbusTable> now = new HashMap<>();
        for (State.Question question : mapping.questions()) {
            daemons.ask(question).ifPresent(answer -> now.put(question, answer));
        }
        answers = Map.copyOf(now);
    }

    private DeviceContext context() {
        return Objects.requireNonNull(mounted, "not started");
    }

    /// Publishes what was seen, if it is so still. A file that cannot be read leaves the model as it is. What counts
    /// is read within the transaction, so that no write of management comes between.
    private void look(Seen seen) {
        if (!seen.equals(published)) {
            published = context().update(transaction -> {
                Seen now = read();
                if (!now.equals(seen)
                        || !now.packages()
                                .keySet()
                                .containsAll(published.packages().keySet())) {
                    return published;
                }
                rows.publish(transaction, now);
                return now;
            });
        }
    }

    private Seen read() {
        Map<String, UciPackage> now = new HashMap<>();
        for (String name : packages()) {
            try {
                now.put(name, store.read(name));
            } catch (IOException | MalformedInputException unreadable) {
                LOG.debug("the package {} cannot be read: {}", name, unreadable.getMessage());
            }
        }
        return new Seen(now, answers);
    }

    @Override
    public void validate(ChangeSet proposed) {
        wanted.of(proposed, published.packages()).forEach((packageName, changes) -> {
            try {
                mustBeUsable(packageName, store.preview(packageName, changes));
            } catch (IOException | UciRefusedException | MalformedInputException failed) {
                throw failure(packageName, failed);
            }
        });
    }

    @Override
    public void apply(ChangeSet changes) {
        List<UciCommit> done = new ArrayList<>();
        try {
            for (Map.Entry<String, List<UciChange>> each :
                    wanted.of(changes, published.packages()).entrySet()) {
                done.add(commit(each.getKey(), each.getValue()));
            }
            for (UciCommit commit : done) {
                reload(commit.packageName());
            }
        } catch (UspException failed) {
            restore(done);
            throw failed;
        }
        last = done;
        look(read());
    }

    /// What a daemon would refuse in the sections that change.
    private void mustBeUsable(String packageName, UciPackage content) {
        UciPackage before = Objects.requireNonNull(published.packages().get(packageName));
        for (Mapping.Table table : mapping.tables()) {
            for (UciSection section :
                    table.packageName().equals(packageName) ? content.sections() : List.<UciSection>of()) {
                if (table.holds(section) && !before.section(section.id()).equals(Optional.of(section))) {
                    table.content().needs().stream()
                            .filter(need -> !need.isMet(section))
                            .findFirst()
                            .ifPresent(need -> {
                                throw unmet(table, section, need);
                            });
                }
            }
        }
    }

    private UspException unmet(Mapping.Table table, UciSection section, Mapping.Need need) {
        String row = rows.path(table.path(), section.id()).orElse(table.path());
        String name = table.content().parameters().stream()
                .filter(parameter -> parameter.option().equals(need.option()))
                .findFirst()
                .map(Mapping.Parameter::name)
                .orElse(need.option());
        return new UspException(
                StandardErrorCode.INVALID_VALUE,
                row + "." + name + " must have " + need.least() + " to " + need.most() + " characters with this "
                        + need.when());
    }

    private static UspException failure(String packageName, Exception failed) {
        return new UspException(StandardErrorCode.INTERNAL_ERROR, packageName + ": " + failed.getMessage());
    }

    private UciCommit commit(String packageName, List<UciChange> changes) {
        try {
            return store.commit(packageName, changes);
        } catch (IOException | UciRefusedException | MalformedInputException failed) {
            throw failure(packageName, failed);
        }
    }

    private void reload(String packageName) {
        Mapping.Reload reload = mapping.reloads().get(packageName);
        if (reload != null) {
            daemons.reload(packageName, reload);
        }
    }

    private void restore(List<UciCommit> commits) {
        for (UciCommit commit : commits.reversed()) {
            try {
                store.restore(commit);
            } catch (IOException | UciRefusedException | MalformedInputException failed) {
                LOG.error("the package {} could not be restored: {}", commit.packageName(), failed.getMessage());
            }
        }
    }

    @Override
    public void undo(ChangeSet changes) {
        restore(last);
        for (UciCommit commit : last) {
            reload(commit.packageName());
        }
        last = List.of();
        published = Seen.NOTHING;
    }

    @Override
    public void close() {
        open = false;
        Thread running = look;
        if (running != null) {
            running.interrupt();
        }
    }
}
