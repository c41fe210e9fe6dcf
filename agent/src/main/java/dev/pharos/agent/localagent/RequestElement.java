// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.Request.`: a row for each asynchronous command on its way (R-OPR.0, R-OPR.2).
public final class RequestElement implements ServiceElement {
    private volatile @Nullable DeviceContext context;
    private volatile Predicate<String> canceller = row -> false;

    /// How far a command is.
    public enum Status {
        REQUESTED("Requested"),
        ACTIVE("Active"),
        CANCELING("Canceling");

        private final String text;

        Status(String text) {
            this.text = text;
        }
    }

    /// @param cancel interrupts the command of a row; says whether it was running
    public void cancelWith(Predicate<String> cancel) {
        canceller = cancel;
    }

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.REQUEST;
    }

    @Override
    public void start(DeviceContext context) {
        this.context = context;
        // Commands do not go on after a restart: what was under way has failed.
        context.update(transaction -> {
            transaction
                    .snapshot()
                    .object(LocalAgentModel.LOCAL_AGENT)
                    .ifPresent(agent -> agent.rows("Request").forEach(row -> transaction.delete(row.path())));
            return transaction;
        });
    }

    /// Adds a row.
    ///
    /// @return its path
    /// @throws UspException where the same controller already runs this command with this key
    public String add(EndpointId originator, String command, String commandKey) {
        return mounted().update(transaction -> {
            String row = transaction.add(LocalAgentModel.REQUESTS);
            transaction.set(row + "Originator", originator.toString());
            transaction.set(row + "Command", command);
            transaction.set(row + "CommandKey", commandKey);
            transaction.set(row + "Status", Status.REQUESTED.text);
            return row;
        });
    }

    public void status(String row, Status status) {
        mounted().update(transaction -> {
            if (transaction.snapshot().object(row).isPresent()) {
                transaction.set(row + "Status", status.text);
            }
            return row;
        });
    }

    public void remove(String row) {
        mounted().update(transaction -> {
            if (transaction.snapshot().object(row).isPresent()) {
                transaction.delete(row);
            }
            return row;
        });
    }

    @Override
    public Map<String, String> operate(CommandCall call) {
        String row = call.object().path();
        status(row, Status.CANCELING);
        if (!canceller.test(row)) {
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, "has ended already: " + row);
        }
        return Map.of();
    }

    private DeviceContext mounted() {
        return Objects.requireNonNull(context, "not started");
    }
}
