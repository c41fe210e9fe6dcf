// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.controller.UspController;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells devices by the commands of `VendorConfigFile` and `VendorLogFile`. Thread-safe.
record FilesOverUsp(UspController controller, FileEnds ends) implements FileWay {
    private static final Logger LOG = LoggerFactory.getLogger(FilesOverUsp.class);

    @Override
    public Duration life() {
        return Limits.LINK;
    }

    /// Where the answer did not come, it may do it all the same.
    @Override
    public void ask(FileOrder order) throws CallException {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("URL", order.link().url());
        inputs.put("Username", "");
        inputs.put("Password", "");
        order.wish().file().ifPresent(file -> {
            inputs.put("FileSize", Long.toString(file.size()));
            inputs.put("TargetFileName", "");
            inputs.put("CheckSumAlgorithm", "SHA-256");
            inputs.put("CheckSum", file.sha256().toHex());
        });
        String command = order.wish().action().command(order.wish().number());
        OperateRequest request = new OperateRequest(command, order.key(), true, inputs);
        try {
            answered(order, controller.call(order.device(), request, Limits.ANSWER));
        } catch (CallException failed) {
            if (!mayHaveBegun(failed)) {
                throw failed;
            }
            LOG.info("whether {} began with a file is not known yet: {}", order.device(), failed.reason());
        }
    }

    private static boolean mayHaveBegun(CallException failed) {
        return switch (failed) {
            case DeviceUnreachableException away -> away.sent();
            case CallTimedOutException late -> late.sent();
            default -> false;
        };
    }

    private void answered(FileOrder order, OperateResponse response) {
        EndpointId device = order.device();
        if (response.operationResults().isEmpty()) {
            ends.end(device, order.key(), "the device answered, but ran no command");
            return;
        }
        switch (response.operationResults().getFirst().outcome()) {
            case OperateResponse.RequestObject _ -> LOG.debug("{} works on {}", device, order.key());
            case OperateResponse.OutputArgs _ -> ends.end(device, order.key(), "");
            case OperateResponse.CommandFailure(var fault) ->
                ends.end(device, order.key(), SecretParameters.BY_NAME.masked(fault.toString()));
        }
    }
}
