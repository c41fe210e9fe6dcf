// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ambiorix;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.UspException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the data model as plug-ins say that it is. What cannot be is passed over, once with a word.
final class PluginRows {
    private static final Logger LOG = LoggerFactory.getLogger(PluginRows.class);

    private final SupportedDataModel supported;
    private final Set<String> told = new HashSet<>();

    PluginRows(SupportedDataModel supported) {
        this.supported = supported;
    }

    /// @param answer what the plug-in has, by path without `Device.`
    void publish(Transaction transaction, String root, UbusTable answer) {
        Set<String> present = new HashSet<>();
        List<Map.Entry<String, UbusValue>> objects = answer.members().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(root + "."))
                .sorted(Comparator.comparingInt(entry -> entry.getKey().length()))
                .limit(Limits.OBJECTS)
                .toList();
        for (Map.Entry<String, UbusValue> entry : objects) {
            String path = PluginModel.DEVICE + entry.getKey();
            Optional<ObjectDefinition> definition = supported.objectOfInstance(path);
            if (definition.isPresent() && entry.getValue() instanceof UbusTable values) {
                present.add(path);
                object(transaction, path, definition.get(), values);
            }
        }
        transaction
                .snapshot()
                .object(PluginModel.DEVICE + root + ".")
                .ifPresent(object -> sweep(transaction, object, present));
    }

    private void object(Transaction transaction, String path, ObjectDefinition definition, UbusTable values) {
        try {
            if (transaction.snapshot().object(path).isEmpty()) {
                String row = path.substring(0, path.length() - 1);
                int dot = row.lastIndexOf('.') + 1;
                transaction.add(row.substring(0, dot), Long.parseLong(row.substring(dot)));
            }
        } catch (UspException | NumberFormatException impossible) {
            tell(path + " cannot be: " + impossible.getMessage());
            return;
        }
        for (ParameterDefinition parameter : definition.parameters()) {
            UbusValue value = values.members().get(parameter.name());
            if (value != null) {
                PluginValues.text(value).ifPresent(text -> set(transaction, path + parameter.name(), text));
            }
        }
    }

    private void set(Transaction transaction, String path, String text) {
        if (!transaction.snapshot().value(path).equals(Optional.of(text))) {
            try {
                transaction.set(path, text);
            } catch (UspException refused) {
                tell(path + " does not take what its plug-in says: "
                        + refused.code().title());
            }
        }
    }

    /// Deletes the rows that a plug-in has no more.
    private static void sweep(Transaction transaction, ObjectInstance object, Set<String> present) {
        for (ObjectInstance child : object.children()) {
            if (child.instanceNumber().isPresent() && !present.contains(child.path())) {
                transaction.delete(child.path());
            } else {
                sweep(transaction, child, present);
            }
        }
    }

    private void tell(String what) {
        if (told.size() < Limits.SUPPORTED && told.add(what)) {
            LOG.warn("{}", what);
        }
    }
}
