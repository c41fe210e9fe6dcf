// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.PathFault;
import dev.pharos.datamodel.instance.Snapshot.Visibility;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A transaction over the persistent tree: every change makes a new root, so that a savepoint is no more than
/// the root of that moment.
final class TreeTransaction implements Transaction {
    private final ModelLayout model;
    private final Mounts mounts;
    private final Remembered remembered;
    private final Origin origin;
    private final int publisher;
    private final Node base;
    private Node root;
    private boolean open = true;
    private final Set<String> completed = new HashSet<>();
    private Visibility writer = Visibility.ALL;
    /// Values of references that lead to what the writer cannot see.
    private final Set<References.Hidden> hidden = new HashSet<>();
    private @Nullable Checked checked;

    /// A moment of a transaction.
    private record Moment(TreeTransaction transaction, Node root) implements Savepoint {}

    /// What was found at a root, so that nobody asks twice.
    private record Checked(Node root, List<PathFault> faults) {}

    TreeTransaction(ModelLayout model, Mounts mounts, Remembered remembered, Origin origin, int publisher, Node base) {
        this.model = model;
        this.mounts = mounts;
        this.remembered = remembered;
        this.origin = origin;
        this.publisher = publisher;
        this.base = base;
        this.root = base;
    }

    Node base() {
        return base;
    }

    Node root() {
        return root;
    }

    Origin origin() {
        return origin;
    }

    int publisher() {
        return publisher;
    }

    void end() {
        open = false;
    }

    /// Says who writes, before anything is written.
    void writtenBy(Visibility who) {
        writer = who;
    }

    private void mustBeOpen() {
        if (!open) {
            throw new IllegalStateException("the transaction is over");
        }
    }

    @Override
    public TreeSnapshot snapshot() {
        return new TreeSnapshot(model, mounts.elements(), root);
    }

    @Override
    public void set(String parameterPath, String value) {
        mustBeOpen();
        Location location = Location.of(model, parameterPath)
                .filter(l -> l.table() == null)
                .orElseThrow(() -> fault(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "not supported", parameterPath));
        ParameterLayout parameter = location.layout().parameter(location.leaf());
        if (parameter == null) {
            throw fault(StandardErrorCode.UNSUPPORTED_PARAMETER, "not supported", parameterPath);
        }
        Node node = location.in(root);
        if (node == null) {
            throw fault(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "the object does not exist", parameterPath);
        }
        if (parameter.source == ParameterLayout.Source.COUNT && origin == Origin.DEVICE) {
            return; // counted here, whatever the device counts
        }
        Object stored;
        try {
            stored = parameter.stored(canonical(parameter, value));
        } catch (UspException wrong) {
            throw fault(wrong.code(), wrong.fault().errMsg(), parameterPath);
        }
        mustBeWritable(location, parameter, node, WrittenOnce.text(stored), parameterPath);
        if (origin == Origin.MANAGEMENT && parameter.strong) {
            References.hidden(snapshot(), parameter, WrittenOnce.text(stored), writer)
                    .forEach(item -> hidden.add(new References.Hidden(parameterPath, item)));
        }
        if (!stored.equals(node.slot(parameter))) {
            root = location.change(root, n -> n.with(parameter, stored));
        }
    }

    private String canonical(ParameterLayout parameter, String value) {
        if (parameter.source != ParameterLayout.Source.STORED) {
            throw new UspException(StandardErrorCode.NON_WRITEABLE_PARAMETER, "the device answers for it at each read");
        }
        String text =
                References.isReference(parameter) ? References.canonical(snapshot(), parameter, value, writer) : value;
        return switch (origin) {
            case MANAGEMENT -> {
                // an address by key has commas of its own; it is looked at again as a path before the commit
                boolean byKey = References.isReference(parameter) && text.indexOf('[') >= 0;
                yield byKey ? text : checked(parameter, text);
            }
            case DEVICE -> ValueSyntax.canonicalOfBase(parameter.definition.type(), text);
        };
    }

    private static String checked(ParameterLayout parameter, String text) {
        // the null reference is always allowed, whatever its facets
        return References.isReference(parameter) && text.isEmpty()
                ? text
                : ValueSyntax.canonical(parameter.definition.type(), text);
    }

    private void mustBeWritable(
            Location location, ParameterLayout parameter, Node node, String text, String parameterPath) {
        if (origin == Origin.DEVICE) {
            return;
        }
        ParameterAccess access = parameter.definition.access();
        if (access == ParameterAccess.READ_ONLY) {
            throw fault(StandardErrorCode.NON_WRITEABLE_PARAMETER, "read only", parameterPath);
        }
        Node before = location.in(base);
        if (before == null) {
            return; // the row is being created, all of it may be said
        }
        if (access == ParameterAccess.WRITE_ONCE
                && before.slot(parameter) instanceof WrittenOnce(String written)
                && !UniqueKeys.isMadeUp(location.layout(), parameter, written)) {
            throw fault(StandardErrorCode.NON_WRITEABLE_PARAMETER, "was written once before", parameterPath);
        }
        if (location.layout().table
                && location.layout().isFrozenKey(parameter)
                && !node.text(parameter).equals(text)) {
            throw fault(
                    StandardErrorCode.NON_WRITEABLE_PARAMETER,
                    "a non-functional unique key never changes after creation",
                    parameterPath);
        }
    }

    @Override
    public String add(String tablePath) {
        Location table = table(tablePath);
        ObjectLayout layout = tableLayout(table, tablePath);
        if (origin == Origin.MANAGEMENT && !layout.definition.access().canAdd()) {
            throw fault(StandardErrorCode.NON_CREATABLE_OBJECT, "rows cannot be added", tablePath);
        }
        Rows rows = holder(table, tablePath).rows(layout);
        long known = origin == Origin.DEVICE ? remembered.absent(table, rows) : 0;
        return add(table, layout, rows, known > 0 ? known : rows.next(), tablePath);
    }

    @Override
    public String add(String tablePath, long instanceNumber) {
        mustBeDevice();
        Location table = table(tablePath);
        ObjectLayout layout = tableLayout(table, tablePath);
        Rows rows = holder(table, tablePath).rows(layout);
        if (instanceNumber < 1 || rows.find(instanceNumber) >= 0) {
            throw fault(
                    StandardErrorCode.OBJECT_COULD_NOT_BE_CREATED,
                    "not a free Instance Number: " + instanceNumber,
                    tablePath);
        }
        return add(table, layout, rows, instanceNumber, tablePath);
    }

    @Override
    public String add(String tablePath, Map<String, String> keys) {
        mustBeDevice();
        Location table = table(tablePath);
        ObjectLayout layout = tableLayout(table, tablePath);
        Rows rows = holder(table, tablePath).rows(layout);
        Map<ParameterLayout, String> values = new LinkedHashMap<>();
        keys.forEach((name, value) -> {
            ParameterLayout parameter = layout.parameter(name);
            if (parameter == null || !layout.isKey(parameter)) {
                throw fault(StandardErrorCode.UNSUPPORTED_PARAMETER, "no unique key of the table", tablePath + name);
            }
            values.put(parameter, canonical(parameter, value));
        });
        if (values.isEmpty()) {
            throw fault(StandardErrorCode.INVALID_ARGUMENTS, "no unique key was given", tablePath);
        }
        long present = Remembered.find(rows, values);
        if (present > 0) {
            return table.row(present).path();
        }
        long known = remembered.number(table, values);
        String row = add(table, layout, rows, known > 0 ? known : rows.next(), tablePath);
        keys.forEach((name, value) -> set(row + name, value));
        return row;
    }

    private void mustBeDevice() {
        if (origin != Origin.DEVICE) {
            throw new IllegalStateException("only the device itself may choose rows");
        }
    }

    private String add(Location table, ObjectLayout layout, Rows rows, long number, String tablePath) {
        if (rows.size() >= Limits.ROWS_PER_TABLE) {
            throw fault(
                    StandardErrorCode.RESOURCES_EXCEEDED, "has " + Limits.ROWS_PER_TABLE + " rows already", tablePath);
        }
        Node row = UniqueKeys.generate(rows, remembered.row(table, layout, number), number, origin);
        Location holder = new Location(table.steps(), null, "");
        root = holder.change(root, node -> node.withChild(layout, rows.with(number, row)));
        return table.row(number).path();
    }

    private Location table(String tablePath) {
        mustBeOpen();
        return Location.of(model, tablePath)
                .orElseThrow(() -> fault(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "not supported", tablePath));
    }

    private static ObjectLayout tableLayout(Location location, String tablePath) {
        ObjectLayout layout = location.table();
        if (layout == null) {
            throw fault(StandardErrorCode.OBJECT_IS_NOT_A_TABLE, "not a table", tablePath);
        }
        return layout;
    }

    private Node holder(Location table, String tablePath) {
        Node holder = table.in(root);
        ObjectLayout rows = table.table();
        if (holder == null || (rows != null && !holder.has(rows))) {
            throw fault(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "the object does not exist", tablePath);
        }
        return holder;
    }

    @Override
    public void delete(String rowPath) {
        mustBeOpen();
        Location row = Location.of(model, rowPath)
                .filter(l -> l.table() == null && l.leaf().isEmpty())
                .orElseThrow(() -> fault(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "no row of a table", rowPath));
        ObjectLayout table = row.layout();
        if (!table.table
                || (origin == Origin.MANAGEMENT && !table.definition.access().canDelete())) {
            throw fault(StandardErrorCode.DELETE_FAILURE, "cannot be deleted", rowPath);
        }
        if (row.in(root) == null) {
            throw fault(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "does not exist", rowPath);
        }
        Node without = row.holder().change(root, holder -> {
            Rows rows = holder.rows(table);
            return holder.withChild(table, rows.without(rows.find(row.number())));
        });
        root = References.forget(without, rowPath);
    }

    @Override
    public List<PathFault> check() {
        if (checked != null && checked.root() == root) {
            return checked.faults();
        }
        List<PathFault> incomplete = complete();
        if (!incomplete.isEmpty()) {
            return incomplete;
        }
        List<Change> changes = TreeDifference.visible(base, root);
        Node settled = References.settle(snapshot(), changes, writer);
        if (settled != root) {
            root = settled;
            changes = TreeDifference.visible(base, root);
        }
        List<PathFault> faults = new ArrayList<>(UniqueKeys.check(base, root));
        faults.addAll(References.check(snapshot(), changes, hidden));
        if (faults.isEmpty() && !changes.isEmpty()) {
            faults.addAll(mounts.validate(changeSet(changes), publisher));
        }
        checked = new Checked(root, List.copyOf(faults));
        return checked.faults();
    }

    /// Has the service elements complete the rows that management has added, each once.
    private List<PathFault> complete() {
        List<PathFault> faults = new ArrayList<>();
        if (origin == Origin.MANAGEMENT) {
            for (Change change : TreeDifference.visible(base, root)) {
                if (change instanceof Change.RowAdded(String path, var _) && !completed.contains(path)) {
                    complete(path, faults);
                }
            }
        }
        return faults;
    }

    private void complete(String rowPath, List<PathFault> faults) {
        TreeTransaction device = new TreeTransaction(model, mounts, remembered, Origin.DEVICE, Mounts.NOBODY, root);
        try {
            mounts.complete(rowPath, device);
            root = device.root;
            completed.add(rowPath);
        } catch (UspException refused) {
            faults.add(new PathFault(rowPath, refused.fault()));
        } finally {
            device.end();
        }
    }

    /// What this transaction changed so far.
    ChangeSet changeSet() {
        return changeSet(TreeDifference.visible(base, root));
    }

    private ChangeSet changeSet(List<Change> changes) {
        return new ChangeSet(origin, changes, new TreeSnapshot(model, mounts.elements(), base), snapshot());
    }

    @Override
    public Savepoint savepoint() {
        return new Moment(this, root);
    }

    @Override
    public void rollbackTo(Savepoint savepoint) {
        mustBeOpen();
        if (!(savepoint instanceof Moment(TreeTransaction transaction, Node moment)) || transaction != this) {
            throw new IllegalArgumentException("a savepoint of another transaction");
        }
        root = moment;
        completed.clear();
    }

    private static UspException fault(dev.pharos.usp.ErrorCode code, String why, String path) {
        return new UspException(code, path + ": " + why);
    }
}
