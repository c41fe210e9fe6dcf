// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.controller.UspController;
import dev.pharos.server.dial.DialledDevices;
import dev.pharos.server.rest.Audit;
import dev.pharos.server.rest.UspRequests;
import dev.pharos.server.store.CommandEnds;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.usp.EndpointId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/// All that makes up this API; without it nothing of it is there.
@Configuration(proxyBeanMethods = false)
@Import({
    AgentController.class,
    NewAgentController.class,
    ServiceElementController.class,
    CommandController.class,
    NorthboundErrors.class
})
public class NorthboundConfiguration {
    /// Where it is. Beneath `/api/v1/`, so that whoever guards that guards this; it ends as the API's own address does.
    static final String AGENTS = "/api/v1/bbf/v2/agents";

    /// Of one Agent.
    static String address(EndpointId id) {
        return AGENTS + "/" + URLEncoder.encode(id.toString(), StandardCharsets.UTF_8);
    }

    @Bean
    static Elements elements(UspController controller, UspRequests requests) {
        return new Elements(controller, requests);
    }

    @Bean
    static WaysToAgents waysToAgents(UspController controller, DialledDevices dialled, Audit audit) {
        return new WaysToAgents(controller, dialled, audit);
    }

    @Bean
    static Identifiers identifiers(JsonMapper json) {
        return new Identifiers(json);
    }

    @Bean
    static AsyncRequests asyncRequests(Database database, Clock clock) {
        return new AsyncRequests(new ServerKeyStore(database), new CommandEnds(database), clock);
    }
}
