// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.agent.localagent.LocalAgentModel;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.EventDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.ParameterSetting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the broker has a Service tell it: for each kind of notification that one of the agent's own
/// subscriptions wants from this Service one subscription there, and the end of commands always.
final class ServiceSubscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceSubscriptions.class);
    private static final String OPERATION_COMPLETE = "OperationComplete";
    private static final List<String> ON_DEMAND = List.of("ValueChange", "ObjectCreation", "ObjectDeletion", "Event");

    private final ServicePeer peer;
    private final List<String> registered;
    private final SupportedDataModel model;
    /// The row at the Service by kind; empty text where it refused.
    private final Map<String, String> rows = new ConcurrentHashMap<>();

    ServiceSubscriptions(ServicePeer peer, List<String> registered, SupportedDataModel model) {
        this.peer = peer;
        this.registered = registered;
        this.model = model;
    }

    static boolean isOurs(String subscriptionId) {
        return subscriptionId.startsWith("broker-");
    }

    private static String id(String kind) {
        return "broker-" + kind;
    }

    boolean endsAreTold() {
        return !rows.getOrDefault(OPERATION_COMPLETE, "").isEmpty();
    }

    /// Removes what an earlier connection left at the Service, so that nothing is told twice.
    void clear() {
        List<String> kinds = new ArrayList<>(ON_DEMAND);
        kinds.add(OPERATION_COMPLETE);
        try {
            peer.call(new DeleteRequest(
                    true,
                    kinds.stream()
                            .map(kind -> LocalAgentModel.SUBSCRIPTIONS + "[ID==\"" + id(kind) + "\"].")
                            .toList()));
        } catch (UspException refused) {
            LOG.debug("{} keeps no subscriptions: {}", peer.service(), refused.fault());
        }
    }

    /// Subscribes to what is wanted now, and no longer to what is not.
    ///
    /// @param agent the agent's own data model, with its subscriptions
    void follow(Snapshot agent) {
        Map<String, String> wanted = new HashMap<>();
        String commands = String.join(",", commands());
        if (!commands.isEmpty()) {
            wanted.put(OPERATION_COMPLETE, commands);
        }
        Set<String> kinds = wantedKinds(agent);
        for (String kind : ON_DEMAND) {
            String references = kinds.contains(kind) ? String.join(",", references(kind)) : "";
            if (!references.isEmpty()) {
                wanted.put(kind, references);
            }
        }
        for (String kind : List.copyOf(rows.keySet())) {
            if (!wanted.containsKey(kind)) {
                unsubscribe(kind);
            }
        }
        wanted.forEach((kind, references) -> {
            if (!rows.containsKey(kind)) {
                subscribe(kind, references);
            }
        });
    }

    /// The kinds that an enabled subscription wants from what this Service has registered. A search within a
    /// reference is not looked at: rather one notification too many than one too few.
    private Set<String> wantedKinds(Snapshot agent) {
        Set<String> kinds = new HashSet<>();
        List<ObjectInstance> subscriptions = agent.object(LocalAgentModel.LOCAL_AGENT)
                .map(object -> object.rows("Subscription"))
                .orElse(List.of());
        for (ObjectInstance row : subscriptions) {
            String references = row.value("ReferenceList").orElse("");
            boolean concerned = row.value("Enable").orElse("").equals("true")
                    && List.of(references.split(",")).stream()
                            .map(String::strip)
                            .anyMatch(this::concerns);
            if (concerned) {
                kinds.add(row.value("NotifType").orElse(""));
            }
        }
        return kinds;
    }

    private boolean concerns(String reference) {
        return registered.stream()
                .anyMatch(
                        root -> reference.startsWith(root) || (reference.endsWith(".") && root.startsWith(reference)));
    }

    private List<String> references(String kind) {
        return switch (kind) {
            case "ObjectCreation", "ObjectDeletion" ->
                model.objects().stream()
                        .filter(ObjectDefinition::isTable)
                        .map(table -> wild(table.path()).replaceAll("\\*\\.$", ""))
                        .toList();
            case "Event" ->
                elements(object ->
                        object.events().stream().map(EventDefinition::name).toList());
            default -> registered;
        };
    }

    private List<String> commands() {
        return elements(object -> object.commands().stream()
                .filter(CommandDefinition::asynchronous)
                .map(CommandDefinition::name)
                .toList());
    }

    private List<String> elements(java.util.function.Function<ObjectDefinition, List<String>> names) {
        return model.objects().stream()
                .flatMap(object -> names.apply(object).stream().map(name -> wild(object.path()) + name))
                .toList();
    }

    private static String wild(String supportedPath) {
        return supportedPath.replace("{i}", "*");
    }

    private void subscribe(String kind, String references) {
        List<ParameterSetting> settings = List.of(
                new ParameterSetting("ID", id(kind), true),
                new ParameterSetting("Enable", "true", true),
                new ParameterSetting("NotifType", kind, true),
                new ParameterSetting("ReferenceList", references, true));
        try {
            AddResponse response = peer.call(
                    new AddRequest(false, List.of(new CreateObject(LocalAgentModel.SUBSCRIPTIONS, settings))));
            rows.put(kind, "");
            for (AddResponse.CreatedObjectResult result : response.createdObjectResults()) {
                if (result.operationStatus() instanceof AddResponse.OperationSuccess success) {
                    rows.put(kind, success.instantiatedPath());
                }
            }
        } catch (UspException refused) {
            rows.put(kind, "");
            LOG.warn("{} tells no {}: {}", peer.service(), kind, refused.fault());
        }
    }

    private void unsubscribe(String kind) {
        String row = rows.remove(kind);
        if (row != null && !row.isEmpty()) {
            try {
                peer.call(new DeleteRequest(true, List.of(row)));
            } catch (UspException refused) {
                LOG.debug("{} keeps {}: {}", peer.service(), row, refused.fault());
            }
        }
    }
}
