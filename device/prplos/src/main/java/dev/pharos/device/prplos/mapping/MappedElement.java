// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    private final Reloading reloading;
    private final SupportedDataModel supported;
    private final MappedRows rows;
    /// What the data model shows now, by package.
    private volatile Map<String, UciPackage> published = Map.of();
    /// What the last write did, for as long as it may have to be taken back.
    private List<UciCommit> last = List.of();

    private @Nullable DeviceContext mounted;
    private volatile boolean open = true;
    private volatile @Nullable Thread look;

    /// Tells daemons that their package was committed.
    @FunctionalInterface
    public interface Reloading {
        /// @throws UspException where it is refused
        void reload(String packageName, Mapping.Reload reload);
    }

    /// @throws IllegalArgumentException where the gateway model lacks something of the mapping
    public MappedElement(Mapping mapping, UciStore store, Reloading reloading) {
        this.mapping = mapping;
        this.store = store;
        this.reloading = reloading;
        this.supported = MappedModel.of(mapping);
        this.rows = new MappedRows(mapping);
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
        look();
        look = Thread.ofVirtual().name("uci-look").start(this::watch);
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
        while (open) {
            try {
                Thread.sleep(Limits.LOOK);
                look();
            } catch (InterruptedException closed) {
                return;
            } catch (UspException refused) {
                if (open) {
                    LOG.warn("the data model refused what UCI says: {}", refused.fault());
                }
            } catch (RuntimeException defect) {
                // a defect must not end the watch, which would leave the model as it is for ever
                LOG.error("what UCI says could not be published", defect);
            }
        }
    }

    private DeviceContext context() {
        return Objects.requireNonNull(mounted, "not started");
    }

    /// Publishes what has changed since. A file that cannot be read leaves the model as it is. What counts is
    /// read within the transaction, so that no write of management comes between.
    private void look() {
        if (!read().equals(published)) {
            published = context().update(transaction -> {
                Map<String, UciPackage> now = read();
                if (now.equals(published) || !now.keySet().containsAll(published.keySet())) {
                    return published;
                }
                rows.publish(transaction, now);
                return now;
            });
        }
    }

    private Map<String, UciPackage> read() {
        Map<String, UciPackage> now = new HashMap<>();
        for (String name : packages()) {
            try {
                now.put(name, store.read(name));
            } catch (IOException | MalformedInputException unreadable) {
                LOG.debug("the package {} cannot be read: {}", name, unreadable.getMessage());
            }
        }
        return now;
    }

    @Override
    public void validate(ChangeSet proposed) {
        wanted(proposed).forEach((packageName, changes) -> {
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
            for (Map.Entry<String, List<UciChange>> each : wanted(changes).entrySet()) {
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
        look();
    }

    /// By package.
    private Map<String, List<UciChange>> wanted(ChangeSet changes) {
        Map<String, List<UciChange>> wanted = new LinkedHashMap<>();
        for (Change change : changes.changes()) {
            if (change instanceof Change.ValueChanged changed) {
                write(changes, changed, wanted);
            }
        }
        return wanted;
    }

    /// What a daemon would refuse in the sections that change.
    private void mustBeUsable(String packageName, UciPackage content) {
        UciPackage before = Objects.requireNonNull(published.get(packageName));
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

    private void write(ChangeSet changes, Change.ValueChanged changed, Map<String, List<UciChange>> wanted) {
        for (Mapping.Table table : mapping.tables()) {
            int end = changed.path().startsWith(table.path())
                    ? changed.path().indexOf('.', table.path().length()) + 1
                    : 0;
            String row = changed.path().substring(0, end);
            String name = changed.path().substring(end);
            for (Mapping.Parameter parameter : table.content().parameters()) {
                if (end > 0 && parameter.name().equals(name)) {
                    UciChange change = written(changes, changed, table, parameter, row);
                    List<UciChange> all = wanted.computeIfAbsent(table.packageName(), p -> new ArrayList<>());
                    mustAgree(all, change, changed.path());
                    all.add(change);
                }
            }
        }
    }

    private UciChange written(
            ChangeSet changes,
            Change.ValueChanged changed,
            Mapping.Table table,
            Mapping.Parameter parameter,
            String row) {
        return rows.section(row.substring(0, row.length() - 1))
                .flatMap(id -> Objects.requireNonNull(published.get(table.packageName()))
                        .section(id))
                .map(section -> parameter
                        .conversion()
                        .written(
                                section,
                                parameter.option(),
                                changed.after(),
                                rows,
                                other -> changes.after().value(row + other).orElse("")))
                .orElseThrow(() ->
                        new UspException(StandardErrorCode.INTERNAL_ERROR, changed.path() + ": its section is gone"));
    }

    /// Several parameters may stand in one option.
    private static void mustAgree(List<UciChange> all, UciChange change, String path) {
        for (UciChange other : all) {
            if (other instanceof UciChange.SetOption(String section, String option, String value)
                    && change instanceof UciChange.SetOption set
                    && section.equals(set.section())
                    && option.equals(set.option())
                    && !value.equals(set.value())) {
                throw new UspException(
                        StandardErrorCode.VALUE_CONFLICT, path + " contradicts another value of this message");
            }
        }
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
            reloading.reload(packageName, reload);
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
        published = Map.of();
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
