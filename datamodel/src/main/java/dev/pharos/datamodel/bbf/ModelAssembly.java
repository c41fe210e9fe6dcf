// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.bbf.BbfFile.Kind;
import dev.pharos.datamodel.format.ModelFormatException;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Puts the objects of a model together: those of the model that it is based on, those of components, its
/// own.
final class ModelAssembly {
    private static final String SERVICES = "Device.Services.";
    private static final int NESTING = 32;

    private final BbfFolder folder;
    private final Map<String, ObjectParts> objects = new LinkedHashMap<>();
    private final Set<XmlElement> modelsSeen = new HashSet<>();
    private String prefix = "";

    ModelAssembly(BbfFolder folder) {
        this.folder = folder;
    }

    Map<String, ObjectParts> of(BbfFile file, XmlElement model) throws IOException, ModelFormatException {
        if (model.attribute("isService").orElse("false").equals("true")) {
            prefix = SERVICES;
        }
        model(file, model);
        return objects;
    }

    /// The object that paths with a leading dot begin at.
    String rootPath() {
        for (String path : objects.keySet()) {
            return path.substring(0, path.indexOf('.', prefix.length()) + 1)
                    + (path.startsWith("{i}.", path.indexOf('.', prefix.length()) + 1) ? "{i}." : "");
        }
        return "";
    }

    private void model(BbfFile file, XmlElement model) throws IOException, ModelFormatException {
        if (!modelsSeen.add(model) || modelsSeen.size() > NESTING) {
            throw model.wrong("models are based on each other in a circle");
        }
        if (model.attribute("base").isPresent()) {
            BbfFolder.Found base = folder.find(file, Kind.MODEL, model.required("base"), model);
            model(base.file(), base.element());
        }
        content(file, model, prefix, 0);
    }

    private void content(BbfFile file, XmlElement holder, String path, int depth)
            throws IOException, ModelFormatException {
        if (depth > NESTING) {
            throw holder.wrong("components hold each other in a circle");
        }
        for (XmlElement child : holder.children) {
            if (child.name.equals("component")) {
                BbfFolder.Found component = folder.find(file, Kind.COMPONENT, child.required("ref"), child);
                content(component.file(), component.element(), within(path, child), depth + 1);
            } else if (child.name.equals("object")) {
                object(file, child, path, depth);
            } else if (objects.containsKey(path)) {
                parts(path).add(file, child);
            }
        }
    }

    private ObjectParts parts(String path) {
        return objects.computeIfAbsent(path, ObjectParts::new);
    }

    private static String within(String path, XmlElement component) {
        String more = component.attribute("path").orElse("");
        return more.isEmpty() || more.endsWith(".") ? path + more : path + more + ".";
    }

    private void object(BbfFile file, XmlElement object, String path, int depth)
            throws IOException, ModelFormatException {
        String name = object.attribute("base").isPresent() ? object.required("base") : object.required("name");
        String full = path + name;
        if (object.isDeleted()) {
            objects.keySet().removeIf(known -> known.startsWith(full));
            return;
        }
        if (objects.size() >= Limits.OBJECTS_PER_MODEL) {
            throw object.wrong("more than " + Limits.OBJECTS_PER_MODEL + " objects");
        }
        ObjectParts parts = parts(full);
        parts.layers.add(new ObjectParts.Layer(file, object));
        fill(parts, file, object, depth);
    }

    /// Objects hold components as well, which bring elements and objects beneath.
    private void fill(ObjectParts parts, BbfFile file, XmlElement holder, int depth)
            throws IOException, ModelFormatException {
        if (depth > NESTING) {
            throw holder.wrong("components hold each other in a circle");
        }
        for (XmlElement child : holder.children) {
            if (child.name.equals("component")) {
                BbfFolder.Found component = folder.find(file, Kind.COMPONENT, child.required("ref"), child);
                fill(parts, component.file(), component.element(), depth + 1);
            } else if (child.name.equals("object")) {
                object(file, child, parts.path, depth + 1);
            } else {
                parts.add(file, child);
            }
        }
    }
}
