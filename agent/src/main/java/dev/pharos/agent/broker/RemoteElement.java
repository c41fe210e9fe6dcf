// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.AddResponse.CreatedObjectResult;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.SetResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stands for a remote Service in a data model: what management changes is asked of the Service within the
/// commit, so that it is so in both or in neither.
final class RemoteElement implements ServiceElement {
    private final SupportedDataModel supported;
    private final ServicePeer peer;
    private final RemoteCommands commands;
    private @Nullable DeviceContext context;

    /// The Add that this thread carries out.
    ///
    /// @param named the parameters that it sets
    /// @param renamed which rows got which path from the Service instead of the one that was foreseen
    record Adding(Set<String> named, Map<String, String> renamed) {
        static final ScopedValue<Adding> CURRENT = ScopedValue.newInstance();
    }

    RemoteElement(SupportedDataModel supported, ServicePeer peer, RemoteCommands commands) {
        this.supported = supported;
        this.peer = peer;
        this.commands = commands;
    }

    @Override
    public SupportedDataModel supported() {
        return supported;
    }

    @Override
    public void start(DeviceContext mounted) {
        context = mounted;
    }

    DeviceContext context() {
        return Objects.requireNonNull(context, "not started");
    }

    @Override
    public void apply(ChangeSet changes) {
        Map<String, List<ParameterSetting>> values = new LinkedHashMap<>();
        List<Change.RowAdded> added = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        for (Change change : changes.changes()) {
            switch (change) {
                case Change.ValueChanged(String path, var _, String after) -> {
                    int leaf = path.lastIndexOf('.') + 1;
                    String name = path.substring(leaf);
                    if (isWritten(changes, path)) {
                        values.computeIfAbsent(path.substring(0, leaf), object -> new ArrayList<>())
                                .add(new ParameterSetting(name, after, true));
                    }
                }
                case Change.RowAdded row -> added.add(row);
                case Change.RowDeleted(String path) -> {
                    if (deleted.stream().noneMatch(path::startsWith)) {
                        deleted.add(path);
                    }
                }
            }
        }
        set(values);
        delete(deleted);
        add(added);
    }

    /// Not what the engine counts.
    private static boolean isWritten(ChangeSet changes, String path) {
        int leaf = path.lastIndexOf('.') + 1;
        return changes.after()
                .object(path.substring(0, leaf))
                .flatMap(object -> object.definition().parameter(path.substring(leaf)))
                .filter(parameter -> parameter.access().isWritable())
                .isPresent();
    }

    private void set(Map<String, List<ParameterSetting>> values) {
        if (values.isEmpty()) {
            return;
        }
        SetResponse response = peer.call(new SetRequest(
                false,
                values.entrySet().stream()
                        .map(entry -> new UpdateObject(entry.getKey(), entry.getValue()))
                        .toList()));
        for (SetResponse.UpdatedObjectResult result : response.updatedObjectResults()) {
            if (result.operationStatus() instanceof SetResponse.OperationFailure failure) {
                throw new UspException(failure.fault());
            }
        }
    }

    private void delete(List<String> rows) {
        if (rows.isEmpty()) {
            return;
        }
        DeleteResponse response = peer.call(new DeleteRequest(false, rows));
        for (DeleteResponse.DeletedObjectResult result : response.deletedObjectResults()) {
            if (result.operationStatus() instanceof DeleteResponse.OperationFailure(var fault)) {
                throw new UspException(fault);
            }
        }
    }

    private void add(List<Change.RowAdded> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<CreateObject> objects = rows.stream().map(RemoteElement::asked).toList();
        AddResponse response = peer.call(new AddRequest(false, objects));
        List<CreatedObjectResult> results = response.createdObjectResults();
        if (results.size() != rows.size()) {
            throw contradiction(rows.size() + " rows were asked for, it speaks of " + results.size());
        }
        for (int i = 0; i < rows.size(); i++) {
            switch (results.get(i).operationStatus()) {
                case AddResponse.OperationFailure(var fault) -> throw new UspException(fault);
                case AddResponse.OperationSuccess success -> named(rows.get(i), success);
            }
        }
    }

    /// The row as the Service has to make it: with what was said of it, not with what our mirror made up.
    private static CreateObject asked(Change.RowAdded row) {
        Set<String> named = Adding.CURRENT.isBound() ? Adding.CURRENT.get().named() : Set.of();
        List<ParameterSetting> settings = new ArrayList<>();
        row.values().forEach((name, value) -> {
            if (named.contains(name)) {
                settings.add(new ParameterSetting(name, value, true));
            }
        });
        return new CreateObject(table(row.path()), settings);
    }

    private static String table(String rowPath) {
        return rowPath.substring(0, rowPath.lastIndexOf('.', rowPath.length() - 2) + 1);
    }

    /// The Service chooses the Instance Number; ours was a guess.
    private void named(Change.RowAdded row, AddResponse.OperationSuccess success) {
        String path = success.instantiatedPath();
        if (!path.endsWith(".") || !table(path).equals(table(row.path()))) {
            throw contradiction("a row was asked for in " + table(row.path()) + ", it speaks of " + path);
        }
        long number;
        try {
            number = Long.parseLong(path.substring(table(path).length(), path.length() - 1));
        } catch (NumberFormatException noNumber) {
            throw contradiction("a row has an Instance Number: " + path);
        }
        context().update(transaction -> {
            if (!path.equals(row.path())) {
                transaction.delete(row.path());
                if (transaction.snapshot().object(path).isEmpty()) {
                    transaction.add(table(path), number);
                }
            }
            row.values().forEach((name, value) -> tell(transaction, path + name, value));
            success.uniqueKeys().forEach((name, value) -> tell(transaction, path + name, value));
            return path;
        });
        if (Adding.CURRENT.isBound()) {
            Adding.CURRENT.get().renamed().put(row.path(), path);
        }
    }

    /// Writes what the Service says; what its own model does not allow is left out.
    static void tell(Transaction transaction, String path, String value) {
        try {
            transaction.set(path, value);
        } catch (UspException contradicted) {
            // The Service speaks of what it does not support, or in another type.
        }
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        ObjectInstance object = call.object();
        return commands.run(object.path() + call.command().name(), call.inputs());
    }

    private UspException contradiction(String what) {
        return new UspException(
                StandardErrorCode.INTERNAL_ERROR, peer.service() + " contradicts what it was asked: " + what);
    }
}
