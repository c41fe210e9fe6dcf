// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.agent.localagent.LocalAgentModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes what the file says of one controller into its rows, within one transaction.
final class ControllerWriting {
    private final Transaction transaction;
    private final EndpointId own;
    private final EndpointId controller;

    ControllerWriting(Transaction transaction, EndpointId own, EndpointId controller) {
        this.transaction = transaction;
        this.own = own;
        this.controller = controller;
    }

    /// @param changes what is to be otherwise; the controller is added where it is not there
    /// @throws dev.pharos.usp.UspException where the data model does not take it
    void write(Map<ControllerField, List<String>> changes) {
        String row = ControllerElement.row(transaction.snapshot(), controller)
                .map(ObjectInstance::path)
                .orElseGet(this::add);
        changes.forEach((field, values) -> write(row, field, values));
    }

    void delete() {
        ControllerElement.row(transaction.snapshot(), controller).ifPresent(row -> {
            WayWriting ways = ways(row.path());
            ways.write(List.of());
            transaction.delete(row.path());
        });
    }

    private String add() {
        String row = transaction.add(LocalAgentModel.CONTROLLERS);
        transaction.set(row + "EndpointID", controller.toString());
        return row;
    }

    private WayWriting ways(String row) {
        return new WayWriting(transaction, own, controller, row);
    }

    private void write(String row, ControllerField field, List<String> values) {
        String value = values.isEmpty() ? "" : values.getFirst();
        switch (field) {
            case URL -> ways(row).write(values);
            case ENABLE -> transaction.set(row + "Enable", Boolean.toString(value.equals("1")));
            case ROLE -> transaction.set(row + "AssignedRole", RoleWords.references(transaction.snapshot(), values));
            case PERIODIC_INTERVAL -> transaction.set(row + "PeriodicNotifInterval", value);
            case PROVISIONING_CODE -> transaction.set(row + "ProvisioningCode", value);
            case BOOT_PARAMETER -> bootParameters(row, values);
            case RESPONSE_TOPIC -> ways(row).listenAt(value);
            case USERNAME -> ways(row).setOfBrokers("Username", value);
            case PASSWORD -> ways(row).setOfBrokers("Password", value);
        }
    }

    private void bootParameters(String row, List<String> wanted) {
        List<String> missing = new ArrayList<>(wanted);
        transaction.snapshot().object(row).stream()
                .flatMap(controllerRow -> controllerRow.rows("BootParameter").stream())
                .forEach(parameter -> {
                    if (missing.remove(DescribedWay.text(parameter, "ParameterName"))) {
                        transaction.set(parameter.path() + "Enable", "true");
                    } else if (ControllerElement.enabled(parameter)) {
                        transaction.delete(parameter.path());
                    }
                });
        for (String name : missing) {
            String added = transaction.add(row + "BootParameter.");
            transaction.set(added + "ParameterName", name);
            transaction.set(added + "Enable", "true");
        }
    }
}
