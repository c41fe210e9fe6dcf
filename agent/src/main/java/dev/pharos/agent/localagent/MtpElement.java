// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.MTP.`: a row for each kind of transport in use; its Status says whether a connection
/// stands.
public final class MtpElement implements ServiceElement {
    private final AgentConfig config;
    private final Map<String, Integer> open = new HashMap<>(2);
    private @Nullable DeviceContext context;

    public MtpElement(AgentConfig config) {
        this.config = config;
    }

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.MTP;
    }

    @Override
    public synchronized void start(DeviceContext context) {
        this.context = context;
        List<String> protocols = AgentElement.protocols(config);
        context.update(transaction -> {
            for (int i = 0; i < protocols.size(); i++) {
                String row = transaction.add(LocalAgentModel.MTPS, i + 1L);
                transaction.set(row + "Enable", "true");
                transaction.set(row + "Protocol", protocols.get(i));
                transaction.set(row + "Status", "Down");
            }
            return transaction;
        });
    }

    /// A connection of this kind has come or gone.
    public synchronized void connections(String protocol, int difference) {
        int row = AgentElement.protocols(config).indexOf(protocol) + 1;
        int before = open.getOrDefault(protocol, 0);
        int now = before + difference;
        open.put(protocol, now);
        if (context != null && row > 0 && (before == 0) != (now == 0)) {
            context.update(transaction -> {
                transaction.set(LocalAgentModel.MTPS + row + ".Status", now > 0 ? "Up" : "Down");
                return transaction;
            });
        }
    }
}
