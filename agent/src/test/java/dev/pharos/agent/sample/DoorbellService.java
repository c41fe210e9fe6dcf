// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.sample;

import dev.pharos.agent.UspAgent;
import dev.pharos.agent.UspService;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.mtp.uds.UdsClientConfig;
import dev.pharos.mtp.uds.UdsClientMtp;
import dev.pharos.usp.EndpointId;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A doorbell that counts, as a USP Service.
public final class DoorbellService implements ServiceElement {
    private static final EndpointId OWN = EndpointId.of("proto::doorbell");
    private static final String BELL = "Device.X_EXAMPLE_Doorbell.";
    private static final String MODEL = """
            model urn:example:doorbell-1-0
            object Device. readOnly
            object Device.X_EXAMPLE_Doorbell. readOnly
              param Rings readOnly unsignedInt
              command Ring() sync
            """;
    private final SupportedDataModel supported;
    private @Nullable DeviceContext context;

    private DoorbellService() throws Exception {
        supported = ModelFormat.read(new StringReader(MODEL), "doorbell");
    }

    public static UspAgent at(Path socket, EndpointId broker, AgentRuntime runtime) throws Exception {
        var way = new UdsClientMtp(UdsClientConfig.to(socket, OWN));
        return UspService.of(OWN, broker, way, List.of(BELL), new DoorbellService(), runtime);
    }

    @Override
    public SupportedDataModel supported() {
        return supported;
    }

    @Override
    public void start(DeviceContext mounted) {
        context = mounted;
    }

    @Override
    public Map<String, String> operate(CommandCall call) {
        return Objects.requireNonNull(context).update(bell -> {
            long rings = Long.parseLong(bell.snapshot().value(BELL + "Rings").orElse("0"));
            bell.set(BELL + "Rings", Long.toString(rings + 1));
            return Map.of();
        });
    }
}
