// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A thing as its bridge describes it. What exceeds the bounds of this module is left out, and texts are made
/// harmless, so that a bridge may pass on what a stranger says of itself.
///
/// A *point* is the bridge's own name of one value of the thing, such as `/3303/0/5700`; a capability and a resource
/// may share one.
///
/// @param id what tells it from the other things of its bridge, over restarts
/// @param type an `IoTDeviceType` such as `Light`; empty where none fits
/// @param identity empty where it says nothing of who made it
public record Thing(
        String id,
        String type,
        String description,
        Optional<Identity> identity,
        List<Capability> capabilities,
        List<Node> nodes,
        List<Resource> resources) {
    public Thing {
        capabilities = bounded(capabilities, Limits.CAPABILITIES);
        nodes = bounded(nodes, Limits.NODES);
        resources = bounded(resources, Limits.RESOURCES);
    }

    private static <T> List<T> bounded(List<T> all, int most) {
        return Frozen.list(all.size() > most ? all.subList(0, most) : all);
    }

    /// Who made it, as points whose values fill `DeviceInfo.`.
    ///
    /// @param points of parameters such as `Manufacturer` and `SerialNumber`
    public record Identity(Map<String, String> points) {
        public Identity {
            points = Frozen.map(points);
        }
    }

    /// What a thing senses or lets itself be told, as `IoTCapability` says it.
    ///
    /// @param name for people
    /// @param traits what never changes, such as `Type` and `Unit`
    /// @param point of its value
    public record Capability(CapabilityClass kind, String name, Map<String, String> traits, String point) {
        public Capability {
            traits = Frozen.map(traits);
        }
    }

    /// Capabilities that belong together.
    ///
    /// @param id what tells it from the other nodes of the thing
    public record Node(String id, String type, String description, List<Capability> capabilities) {
        public Node {
            capabilities = bounded(capabilities, Limits.CAPABILITIES);
        }
    }

    /// A value or a command in the words of the thing's own protocol.
    ///
    /// @param point by which it is read, written or executed
    public record Resource(String point, String name, ResourceType type, Access access, String unit) {
        /// What can be done with it.
        public record Access(boolean read, boolean write, boolean execute) {}
    }
}
