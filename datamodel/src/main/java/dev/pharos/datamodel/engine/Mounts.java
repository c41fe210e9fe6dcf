// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.PathFault;
import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The service elements of one device: asks each about the changes that concern it, and has them carried out.
final class Mounts {
    /// Publisher of changes that no element published itself.
    static final int NOBODY = -1;

    private static final Logger LOG = System.getLogger(Mounts.class.getName());

    private final ModelLayout model;
    private final List<ServiceElement> elements;

    Mounts(ModelLayout model, List<ServiceElement> elements) {
        this.model = model;
        this.elements = elements;
    }

    List<ServiceElement> elements() {
        return elements;
    }

    /// Has the elements of a table give a new row what only they know.
    void complete(String rowPath, TreeTransaction device) {
        Location location = Location.of(model, rowPath).orElseThrow();
        location.layout().owners.stream()
                .forEach(element -> device.snapshot()
                        .object(rowPath)
                        .ifPresent(row -> elements.get(element).complete(device, row)));
    }

    /// What the touched elements but the publisher have against these changes.
    List<PathFault> validate(ChangeSet all, int publisher) {
        List<PathFault> faults = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            ChangeSet own = i == publisher ? null : own(i, all);
            if (own != null) {
                try {
                    elements.get(i).validate(own);
                } catch (UspException refused) {
                    faults.add(new PathFault(blame(own, refused.fault().errMsg()), refused.fault()));
                }
            }
        }
        return faults;
    }

    /// Has the touched elements but the publisher carry these changes out, or none of them.
    ///
    /// @throws UspException why one could not; what others did was taken back
    void apply(ChangeSet all, int publisher) {
        for (int i = 0; i < elements.size(); i++) {
            ChangeSet own = i == publisher ? null : own(i, all);
            if (own != null) {
                try {
                    elements.get(i).apply(own);
                } catch (UspException failed) {
                    undo(all, publisher, i);
                    throw failed;
                } catch (RuntimeException defect) {
                    LOG.log(
                            Level.ERROR,
                            "a service element failed to apply " + own.changes().size() + " changes",
                            defect);
                    undo(all, publisher, i);
                    throw new UspException(StandardErrorCode.INTERNAL_ERROR, "the device failed: " + defect);
                }
            }
        }
    }

    /// Takes back what the elements before `end` did, in reverse order.
    private void undo(ChangeSet all, int publisher, int end) {
        for (int i = end - 1; i >= 0; i--) {
            ChangeSet own = i == publisher ? null : own(i, all);
            if (own != null) {
                try {
                    elements.get(i).undo(own);
                } catch (RuntimeException defect) {
                    LOG.log(Level.ERROR, "a service element failed to undo; device and data model may differ", defect);
                }
            }
        }
    }

    /// The parameter that a refusal is about: the only one changed, or the one that its text names.
    private static String blame(ChangeSet changes, String text) {
        String named = "";
        for (Change change : changes.changes()) {
            String path = change.path();
            if (text.contains(path) && path.length() > named.length()) {
                named = path;
            }
        }
        if (!named.isEmpty()) {
            return named;
        }
        String first = changes.changes().getFirst().path();
        return changes.changes().size() == 1 ? first : first.substring(0, first.lastIndexOf('.') + 1);
    }

    /// The changes that concern this element, or null where there are none.
    private @Nullable ChangeSet own(int element, ChangeSet all) {
        List<Change> own = new ArrayList<>();
        for (Change change : all.changes()) {
            own(element, change).ifPresent(own::add);
        }
        return own.isEmpty() ? null : new ChangeSet(all.origin(), own, all.before(), all.after());
    }

    private Optional<Change> own(int element, Change change) {
        Location location = Location.of(model, change.path()).orElseThrow();
        return switch (change) {
            case Change.ValueChanged changed -> {
                ParameterLayout parameter = location.layout().parameter(location.leaf());
                yield parameter != null && parameter.owner == element ? Optional.of(changed) : Optional.empty();
            }
            case Change.RowDeleted deleted ->
                location.layout().owners.get(element) ? Optional.of(deleted) : Optional.empty();
            case Change.RowAdded added ->
                location.layout().owners.get(element)
                        ? Optional.of(elements.size() == 1 ? added : own(element, location.layout(), added))
                        : Optional.empty();
        };
    }

    private static Change own(int element, ObjectLayout row, Change.RowAdded added) {
        Map<String, String> values = new LinkedHashMap<>();
        added.values().forEach((name, value) -> {
            ObjectLayout layout = row;
            String rest = name;
            for (int dot = rest.indexOf('.'); dot >= 0 && layout != null; dot = rest.indexOf('.')) {
                layout = layout.child(rest.substring(0, dot));
                rest = rest.substring(dot + 1);
            }
            ParameterLayout parameter = layout == null ? null : layout.parameter(rest);
            if (parameter != null && parameter.owner == element) {
                values.put(name, value);
            }
        });
        return new Change.RowAdded(added.path(), Frozen.adopt(values));
    }

    /// The fault with the path in its text, for those who only see the text.
    static UspException asException(List<PathFault> faults) {
        PathFault first = faults.getFirst();
        Fault fault = first.fault();
        return fault.errMsg().contains(first.path())
                ? new UspException(fault)
                : new UspException(fault.errCode(), first.path() + ": " + fault.errMsg());
    }
}
