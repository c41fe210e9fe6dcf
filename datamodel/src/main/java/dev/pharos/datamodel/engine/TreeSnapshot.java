// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.path.PathName;
import java.util.List;
import java.util.Optional;

/// A snapshot over a tree of nodes.
///
/// @param elements answer for live parameters
record TreeSnapshot(ModelLayout model, List<ServiceElement> elements, Node top) implements Snapshot {
    @Override
    public InstanceView root() {
        return new InstanceView(this, top, model.root.definition.path(), 0);
    }

    @Override
    public Optional<ObjectInstance> object(String path) {
        return path.endsWith(".") ? view(path).map(view -> view) : Optional.empty();
    }

    private Optional<InstanceView> view(String objectPath) {
        Optional<Location> location = Location.of(model, objectPath);
        if (location.isEmpty() || location.get().table() != null) {
            return Optional.empty();
        }
        Node node = location.get().in(top);
        return node == null
                ? Optional.empty()
                : Optional.of(
                        new InstanceView(this, node, objectPath, location.get().number()));
    }

    @Override
    public Optional<String> value(String parameterPath) {
        int dot = parameterPath.lastIndexOf('.') + 1;
        return view(parameterPath.substring(0, dot)).flatMap(view -> view.value(parameterPath.substring(dot)));
    }

    @Override
    public List<ObjectInstance> resolve(PathName path, Visibility readable) {
        return new PathResolver(this, readable).objects(path);
    }

    @Override
    public List<TableInstance> resolveTables(PathName path, Visibility readable) {
        return new PathResolver(this, readable).tables(path);
    }

    // identity is enough, and a comparison of trees by content would be an expensive surprise

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeSnapshot that && that.top == top;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(top);
    }

    @Override
    public String toString() {
        return "snapshot of " + model.supported;
    }
}
