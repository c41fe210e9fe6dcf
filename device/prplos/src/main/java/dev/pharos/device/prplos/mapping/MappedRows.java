// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which row of the data model is which section, and what the rows hold. Used within transactions, of which
/// there is one at a time.
final class MappedRows implements Conversion.Rows, ListedRows.Writing {
    private static final Logger LOG = LoggerFactory.getLogger(MappedRows.class);

    private final Mapping mapping;
    private final SupportedDataModel supported;
    private final Map<List<String>, String> paths = new HashMap<>();
    private final Map<String, String> sections = new HashMap<>();
    /// The packages that are published.
    private volatile Map<String, UciPackage> present = Map.of();
    private final Set<String> told = new HashSet<>();
    private final ListedRows listed;
    private final List<Named> references = new ArrayList<>();
    /// Those that were published last.
    private volatile List<Named> referring = List.of();
    private volatile Set<String> failing = Set.of();
    /// The sections by row, as they were published last.
    private volatile Map<String, String> readable = Map.of();

    MappedRows(Mapping mapping, SupportedDataModel supported) {
        this.mapping = mapping;
        this.supported = supported;
        this.listed = new ListedRows(mapping, supported, this);
    }

    /// A row that is called by a name, to be found once all rows are there.
    private record Named(String path, String section, List<Reference> tables, String names) {}

    @Override
    public Optional<String> path(String table, String section) {
        return Optional.ofNullable(paths.get(List.of(table, section))).map(row -> row.substring(0, row.length() - 1));
    }

    @Override
    public Optional<String> section(String rowPath) {
        return Optional.ofNullable(sections.get(rowPath + "."));
    }

    @Override
    public Optional<String> value(String parameterPath) {
        return Optional.empty();
    }

    @Override
    public List<UciSection> sections(String packageName, String type) {
        return Conversion.of(present.get(packageName), type);
    }

    @Override
    public Optional<UciSection> section(String packageName, String id) {
        return Optional.ofNullable(present.get(packageName)).flatMap(content -> content.section(id));
    }

    /// The states that say that something does not work.
    Set<String> failing() {
        return failing;
    }

    /// Makes all tables as the configuration is, and as daemons say.
    void publish(Transaction transaction, MappedElement.Seen seen) {
        Set<String> failed = new HashSet<>();
        paths.clear();
        sections.clear();
        references.clear();
        listed.begin(seen.packages().keySet());
        present = seen.packages();
        mapping.always().forEach(row -> row.publish(transaction));
        Map<String, Set<String>> sectionRows = new HashMap<>();
        for (Mapping.Table table : mapping.tables()) {
            Set<String> rows = sectionRows.computeIfAbsent(table.path(), path -> new HashSet<>());
            UciPackage content = seen.packages().get(table.packageName());
            if (content == null) {
                if (listed.isShared(table.path())) {
                    rows(transaction.snapshot(), table.path()).forEach(row -> rows.add(row.path()));
                }
                continue; // as it was, until its file can be read
            }
            Twins twins = new Twins(table, supported);
            List<String> inOrder = new ArrayList<>();
            for (UciSection section : content.sections()) {
                if (table.holds(section) && !twins.isOne(section, this, this::tell)) {
                    row(transaction, table, section).ifPresent(row -> {
                        rows.add(row);
                        inOrder.add(row);
                        failed.addAll(states(transaction, table, section, row, seen.answers()));
                        listed.gather(table, section.id(), row, seen.answers());
                    });
                }
            }
            order(transaction, table, inOrder);
            for (ObjectInstance row : table.isSingle() || listed.isShared(table.path())
                    ? List.<ObjectInstance>of()
                    : rows(transaction.snapshot(), table.path())) {
                if (!rows.contains(row.path())) {
                    transaction.delete(row.path());
                }
            }
        }
        listed.publish(transaction, sectionRows);
        refer(transaction);
        mapping.stacks().forEach(stack -> stack.publish(transaction));
        referring = List.copyOf(references);
        failing = Set.copyOf(failed);
        readable = Map.copyOf(sections);
    }

    /// Says of rows in which order their sections are.
    private void order(Transaction transaction, Mapping.Table table, List<String> rows) {
        for (Mapping.Parameter parameter : table.content().parameters()) {
            if (parameter.conversion() instanceof Conversion.Position) {
                for (int index = 0; index < rows.size(); index++) {
                    String path = rows.get(index) + parameter.name();
                    setWhereOther(transaction, path, table.type(), Integer.toString(index + 1));
                }
            }
        }
    }

    /// Which rows have the names that were told. Those of others may come later.
    private void refer(Transaction transaction) {
        for (Named named : references) {
            String rows = Reference.rows(named.tables(), transaction.snapshot(), named.names());
            setWhereOther(transaction, named.path(), named.section(), rows);
        }
    }

    /// Whether a name now leads to other rows than it did: rows of others came or went.
    boolean isReferringElsewhere(Snapshot snapshot) {
        return mapping.stacks().stream().anyMatch(stack -> stack.isOld(snapshot))
                || referring.stream()
                        .anyMatch(named -> !snapshot.value(named.path())
                                .equals(Optional.of(Reference.rows(named.tables(), snapshot, named.names()))));
    }

    @Override
    public void refer(String path, String section, Observed.Reading.Referring reading, String names) {
        references.add(new Named(path, section, reading.tables(), names));
    }

    ListedRows listed() {
        return listed;
    }

    /// The present value of what is read when somebody asks for it; empty where no daemon tells it.
    ///
    /// @param asked what daemons answer now
    Optional<String> read(Answers answers, Asked asked, String objectPath, String parameter) {
        Optional<String> beneath = listed.read(
                (listing, section) -> asked.elements(answers, listing, section), asked::answer, objectPath, parameter);
        return beneath.isPresent() ? beneath : observed(answers, asked, objectPath + parameter);
    }

    /// The section that a row is, as it was published last.
    ///
    /// @param row with trailing dot
    Optional<String> sectionOf(String row) {
        return Optional.ofNullable(readable.get(row));
    }

    /// The sections that are rows of a table, by their paths without trailing dot, as they were published last.
    Map<String, UciSection> rowsOf(Mapping.Table table) {
        Map<String, UciSection> rows = new TreeMap<>();
        UciPackage content = present.get(table.packageName());
        readable.forEach((row, id) -> {
            if (content != null && table.isRow(row)) {
                content.section(id).ifPresent(section -> rows.put(row.substring(0, row.length() - 1), section));
            }
        });
        return rows;
    }

    private Optional<String> observed(Answers answers, Asked asked, String path) {
        for (Mapping.Table table : mapping.tables()) {
            int end = path.startsWith(table.path()) && !table.isSingle()
                    ? path.indexOf('.', table.path().length()) + 1
                    : 0;
            String section = readable.get(path.substring(0, end));
            if (section != null) {
                for (Observed observed : table.content().observed()) {
                    if (observed.live() && observed.parameter().equals(path.substring(end))) {
                        return answers.observed(table, section, observed, asked::answer);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> row(Transaction transaction, Mapping.Table table, UciSection section) {
        Optional<String> key =
                table.key().conversion().shown(section, table.key().option(), this);
        Optional<Mapping.Parameter> hidden = table.content().parameters().stream()
                .filter(parameter -> parameter.conversion().hides(section, parameter.option(), this))
                .findFirst();
        if (key.isEmpty() || hidden.isPresent()) {
            hidden.ifPresent(parameter -> tell(table.path() + " has no row for the section " + section.id() + ": "
                    + parameter.name() + " has no word for its option " + parameter.option()));
            return Optional.empty();
        }
        String path = table.isSingle() ? table.path() : known(transaction, table, section, key.get());
        for (Mapping.Parameter parameter : table.content().parameters()) {
            if (parameter.conversion() instanceof Conversion.Naming naming) {
                references.add(new Named(
                        path + parameter.name(),
                        section.id(),
                        naming.tables(),
                        String.join(",", section.items(parameter.option()))));
            }
            parameter
                    .conversion()
                    .shown(section, parameter.option(), this)
                    .ifPresent(value -> setWhereOther(transaction, path + parameter.name(), section.id(), value));
        }
        return Optional.of(path);
    }

    private String known(Transaction transaction, Mapping.Table table, UciSection section, String key) {
        String path = rows(transaction.snapshot(), table.path()).stream()
                .filter(row -> row.value(table.key().name()).equals(Optional.of(key)))
                .findFirst()
                .map(ObjectInstance::path)
                .orElseGet(
                        () -> transaction.add(table.path(), Map.of(table.key().name(), key)));
        paths.put(List.of(table.path(), section.id()), path);
        sections.put(path, section.id());
        return path;
    }

    /// @return those that say that something does not work
    private Set<String> states(
            Transaction transaction, Mapping.Table table, UciSection section, String row, Answers.Shown shown) {
        Set<String> failed = new HashSet<>();
        for (State state : table.content().states()) {
            String value = shown.values().getOrDefault(List.of(table.path(), section.id(), state.parameter()), "");
            setWhereOther(transaction, row + state.parameter(), section.id(), value);
            if (value.equals(state.failed())) {
                failed.add(row + state.parameter());
            }
        }
        for (Observed observed : table.content().observed()) {
            String value = observed.when().holds(section)
                    ? shown.values().get(List.of(table.path(), section.id(), observed.parameter()))
                    : null;
            if (value != null && observed.reading() instanceof Observed.Reading.Referring reading) {
                String path = row + observed.parameter();
                references.removeIf(named -> named.path().equals(path));
                refer(path, section.id(), reading, value);
            } else if (value != null) {
                setWhereOther(transaction, row + observed.parameter(), section.id(), value);
            }
        }
        return failed;
    }

    private void setWhereOther(Transaction transaction, String path, String section, String value) {
        if (!transaction.snapshot().value(path).equals(Optional.of(value))) {
            write(transaction, path, section, value);
        }
    }

    /// What the data model cannot hold is left as it is there.
    private void write(Transaction transaction, String path, String section, String value) {
        try {
            transaction.set(path, value);
        } catch (UspException refused) {
            tell(path + " does not take what the section " + section + " has: "
                    + refused.code().title());
        }
    }

    @Override
    public void set(Transaction transaction, String path, String section, String value) {
        setWhereOther(transaction, path, section, value);
    }

    /// Each thing once: it would be said again with every look.
    @Override
    public void tell(String what) {
        if (told.add(what)) {
            LOG.warn("{}", what);
        }
    }

    static List<ObjectInstance> rows(Snapshot snapshot, String tablePath) {
        int dot = tablePath.lastIndexOf('.', tablePath.length() - 2) + 1;
        String name = tablePath.substring(dot, tablePath.length() - 1);
        return snapshot.object(tablePath.substring(0, dot))
                .map(holder -> holder.rows(name))
                .orElse(List.of());
    }
}
