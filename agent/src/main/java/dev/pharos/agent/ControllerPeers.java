// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.agent.localagent.LocalAgentModel;
import dev.pharos.agent.peer.ControllerPeer;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The controllers of a running agent as peers: one for each row of `Device.LocalAgent.Controller.`, for as long as the
/// row is there.
final class ControllerPeers {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerPeers.class);

    private final EndpointId own;
    private final AgentCore core;
    private final AgentRuntime runtime;
    private final EndToEnd security;
    private final Map<EndpointId, ControllerPeer> peers = new ConcurrentHashMap<>(2);

    ControllerPeers(EndpointId own, AgentCore core, AgentRuntime runtime, EndToEnd security) {
        this.own = own;
        this.core = core;
        this.runtime = runtime;
        this.security = security;
    }

    /// Makes those that there are, and follows the table from now on.
    void begin() {
        settle();
        core.model().onChange(this::changed);
    }

    Optional<ControllerPeer> of(EndpointId controller) {
        return Optional.ofNullable(peers.get(controller));
    }

    List<ControllerPeer> all() {
        return List.copyOf(peers.values());
    }

    private void changed(ChangeSet changes) {
        if (changes.changes().stream().anyMatch(ControllerPeers::isRow)) {
            settle();
            for (Change change : changes.changes()) {
                if (change instanceof Change.RowDeleted(String row) && isRow(row)) {
                    core.forget(changes.before(), row);
                }
            }
        }
    }

    private static boolean isRow(Change change) {
        return switch (change) {
            case Change.RowAdded(String row, var _) -> isRow(row);
            case Change.RowDeleted(String row) -> isRow(row);
            // said later than the row was added
            case Change.ValueChanged(String path, String _, String _) ->
                path.endsWith(".EndpointID") && path.startsWith(LocalAgentModel.CONTROLLERS);
        };
    }

    private static boolean isRow(String path) {
        return path.startsWith(LocalAgentModel.CONTROLLERS)
                && path.indexOf('.', LocalAgentModel.CONTROLLERS.length()) == path.length() - 1;
    }

    /// Run by one commit after the other.
    private void settle() {
        Set<EndpointId> wanted = new HashSet<>();
        ControllerElement.rows(core.model().snapshot())
                .forEach(row -> endpoint(row.value("EndpointID").orElse("")).ifPresent(wanted::add));
        for (EndpointId id : wanted) {
            if (!peers.containsKey(id)) {
                make(id);
            }
        }
        for (EndpointId id : Set.copyOf(peers.keySet())) {
            if (!wanted.contains(id)) {
                end(id);
            }
        }
    }

    private static Optional<EndpointId> endpoint(String text) {
        try {
            return Optional.of(EndpointId.parse(text));
        } catch (MalformedInputException none) {
            LOG.debug("a controller without an Endpoint ID yet: {}", text);
            return Optional.empty();
        }
    }

    private void make(EndpointId id) {
        ControllerPeer peer = new ControllerPeer(own, id, core, runtime, security);
        peers.put(id, peer);
        core.notifications().add(id, peer);
        core.sessions().add(id, peer.session());
    }

    /// Once the answer to whoever deleted the row has left, which may be to the controller itself.
    private void end(EndpointId id) {
        ControllerPeer gone = peers.remove(id);
        core.notifications().remove(id);
        core.sessions().remove(id);
        if (gone != null) {
            runtime.timer().schedule(Limits.SESSION_CHANGE_DELAY, () -> {
                gone.disconnect("it is no controller of this agent any more");
                gone.end();
            });
        }
    }
}
