// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.device.proxied.CapabilityClass;
import dev.pharos.device.proxied.ResourceType;
import dev.pharos.usp.Frozen;
import java.util.Map;
import java.util.Optional;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;
import org.eclipse.leshan.core.model.ResourceModel.Operations;

/// An object of LwM2M that is understood.
///
/// @param node the `IoTDeviceType` of the node that its capabilities form; empty where they are the thing's own
/// @param thing the `IoTDeviceType` of a thing that has it; empty where that says nothing
record ObjectKind(int id, String name, String node, String thing, Map<Integer, ResourceKind> resources) {
    ObjectKind {
        resources = Map.copyOf(resources);
    }

    /// @param info the parameter of `DeviceInfo.` that it fills, or empty text
    record ResourceKind(
            int id,
            String name,
            ResourceType type,
            boolean readable,
            boolean writable,
            boolean executable,
            String unit,
            String info,
            Optional<Mapped> capability) {

        ResourceModel model() {
            return new ResourceModel(id, name, operations(), false, false, wire(), "", unit, "");
        }

        private Operations operations() {
            if (executable) {
                return Operations.E;
            }
            return readable && writable ? Operations.RW : writable ? Operations.W : Operations.R;
        }

        private ResourceModel.Type wire() {
            return switch (type) {
                case STRING -> ResourceModel.Type.STRING;
                case INTEGER -> ResourceModel.Type.INTEGER;
                case DECIMAL -> ResourceModel.Type.FLOAT;
                case BOOLEAN -> ResourceModel.Type.BOOLEAN;
                case TIME -> ResourceModel.Type.TIME;
                case BYTES -> ResourceModel.Type.OPAQUE;
                case NONE -> ResourceModel.Type.NONE;
            };
        }
    }

    /// What a resource is in the IoT data model.
    record Mapped(CapabilityClass kind, Map<String, String> traits) {
        Mapped {
            traits = Frozen.map(traits);
        }
    }

    /// As the library wants it, to make sense of what things send.
    ObjectModel model() {
        Map<Integer, ResourceModel> models = new java.util.LinkedHashMap<>();
        resources.forEach((number, resource) -> models.put(number, resource.model()));
        return new ObjectModel(id, name, "", ObjectModel.DEFAULT_VERSION, true, false, models.values());
    }
}
