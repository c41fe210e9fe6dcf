// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import dev.pharos.datamodel.bbf.BbfFile.Kind;
import dev.pharos.datamodel.bbf.ObjectParts.Layer;
import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.EventDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.ParameterDefinition.ValueChangeNotification;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.UniqueKey;
import dev.pharos.datamodel.format.ModelFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes definitions of the elements of one object.
final class DefinitionReader {
    private static final int NESTING = 16;

    private final BbfFolder folder;
    private final SyntaxReader syntaxes;
    private final String rootPath;

    DefinitionReader(BbfFolder folder, String rootPath) {
        this.folder = folder;
        this.syntaxes = new SyntaxReader(folder);
        this.rootPath = rootPath;
    }

    ObjectDefinition object(ObjectParts parts) throws IOException, ModelFormatException {
        List<ParameterDefinition> parameters = new ArrayList<>();
        for (Map.Entry<String, List<Layer>> parameter : parts.parameters.entrySet()) {
            parameters.add(parameter(parts.path, parameter.getKey(), parameter.getValue()));
        }
        List<CommandDefinition> commands = new ArrayList<>();
        for (Map.Entry<String, List<Layer>> command : parts.commands.entrySet()) {
            commands.add(command(parts.path, command.getKey(), command.getValue()));
        }
        List<EventDefinition> events = new ArrayList<>();
        for (Map.Entry<String, List<Layer>> event : parts.events.entrySet()) {
            Map<String, ArgumentDefinition> arguments = new LinkedHashMap<>();
            for (Layer layer : event.getValue()) {
                arguments(parts.path, layer.file(), layer.element(), "", arguments, 0);
            }
            events.add(new EventDefinition(
                    event.getKey(), List.copyOf(arguments.values()), description(event.getValue())));
        }
        return new ObjectDefinition(
                parts.path, access(parts), keys(parts), parameters, commands, events, description(parts.layers));
    }

    private static String description(List<Layer> layers) {
        String text = "";
        for (Layer layer : layers) {
            Optional<XmlElement> description = layer.element().child("description");
            if (description.isPresent()) {
                String more = DescriptionText.plain(description.get().text.toString());
                text = switch (description.get().attribute("action").orElse("create")) {
                    case "append" -> text.isEmpty() ? more : text + "\n" + more;
                    case "prefix" -> text.isEmpty() ? more : more + "\n" + text;
                    default -> more;
                };
            }
        }
        return text;
    }

    private static Optional<String> last(List<Layer> layers, String attribute) {
        Optional<String> value = Optional.empty();
        for (Layer layer : layers) {
            Optional<String> later = layer.element().attribute(attribute);
            value = later.isPresent() ? later : value;
        }
        return value;
    }

    private static ObjectAccess access(ObjectParts parts) throws ModelFormatException {
        String access = last(parts.layers, "access").orElse("readOnly");
        return switch (access) {
            case "readOnly" -> ObjectAccess.READ_ONLY;
            case "readWrite", "createDelete" ->
                parts.path.endsWith(".{i}.") ? ObjectAccess.ADD_DELETE : ObjectAccess.READ_ONLY;
            case "createOnly" -> ObjectAccess.ADD_ONLY;
            case "deleteOnly" -> ObjectAccess.DELETE_ONLY;
            default -> throw parts.layers.getLast().element().wrong("not an access of an object: " + access);
        };
    }

    private static List<UniqueKey> keys(ObjectParts parts) throws ModelFormatException {
        Set<UniqueKey> keys = new LinkedHashSet<>();
        for (Layer layer : parts.layers) {
            for (XmlElement key : layer.element().all("uniqueKey")) {
                List<String> names = new ArrayList<>();
                for (XmlElement parameter : key.all("parameter")) {
                    names.add(parameter.required("ref"));
                }
                if (names.isEmpty()) {
                    throw key.wrong("a unique key without parameters");
                }
                keys.add(new UniqueKey(
                        names, !key.attribute("functional").orElse("true").equals("false")));
            }
        }
        return List.copyOf(keys);
    }

    private ParameterDefinition parameter(String objectPath, String name, List<Layer> layers)
            throws IOException, ModelFormatException {
        SyntaxReader.Syntax syntax = syntax(objectPath, layers);
        String access = last(layers, "access").orElse("readOnly");
        ValueChangeNotification notification =
                last(layers, "activeNotify").orElse("").equals("canDeny")
                        ? ValueChangeNotification.IGNORED
                        : ValueChangeNotification.ALLOWED;
        return new ParameterDefinition(
                name,
                syntax.type(),
                switch (access) {
                    case "readOnly" -> ParameterAccess.READ_ONLY;
                    case "readWrite" -> ParameterAccess.READ_WRITE;
                    case "writeOnceReadOnly" -> ParameterAccess.WRITE_ONCE;
                    default -> throw layers.getLast().element().wrong("not an access of a parameter: " + access);
                },
                syntax.reference(),
                syntax.defaultValue(),
                syntax.secured(),
                notification,
                description(layers));
    }

    /// The last complete syntax; a later layer may have none, or only facets of its own, which then stay as
    /// they were.
    private SyntaxReader.Syntax syntax(String objectPath, List<Layer> layers) throws IOException, ModelFormatException {
        for (Layer layer : layers.reversed()) {
            Optional<XmlElement> syntax = layer.element().child("syntax");
            if (syntax.isPresent()) {
                return syntaxes.read(layer.file(), syntax.get(), objectPath, rootPath);
            }
        }
        throw layers.getFirst().element().wrong("the parameter has no <syntax>");
    }

    private CommandDefinition command(String objectPath, String name, List<Layer> layers)
            throws IOException, ModelFormatException {
        Map<String, ArgumentDefinition> inputs = new LinkedHashMap<>();
        Map<String, ArgumentDefinition> outputs = new LinkedHashMap<>();
        for (Layer layer : layers) {
            for (XmlElement child : layer.element().children) {
                if (child.name.equals("input")) {
                    arguments(objectPath, layer.file(), child, "", inputs, 0);
                } else if (child.name.equals("output")) {
                    arguments(objectPath, layer.file(), child, "", outputs, 0);
                }
            }
        }
        return new CommandDefinition(
                name,
                last(layers, "async").orElse("false").equals("true"),
                List.copyOf(inputs.values()),
                List.copyOf(outputs.values()),
                description(layers));
    }

    /// Arguments may be in objects of their own and in components; their names then have dots.
    private void arguments(
            String objectPath,
            BbfFile file,
            XmlElement holder,
            String prefix,
            Map<String, ArgumentDefinition> arguments,
            int depth)
            throws IOException, ModelFormatException {
        if (depth > NESTING) {
            throw holder.wrong("components hold each other in a circle");
        }
        for (XmlElement child : holder.children) {
            if (child.isDeleted()) {
                continue;
            }
            switch (child.name) {
                case "parameter" -> argument(objectPath, file, child, prefix, arguments);
                case "object" ->
                    arguments(
                            objectPath,
                            file,
                            child,
                            prefix
                                    + child.attribute("base")
                                            .or(() -> child.attribute("name"))
                                            .orElse(""),
                            arguments,
                            depth + 1);
                case "component" -> {
                    BbfFolder.Found found = folder.find(file, Kind.COMPONENT, child.required("ref"), child);
                    String path = child.attribute("path").orElse("");
                    arguments(objectPath, found.file(), found.element(), prefix + path, arguments, depth + 1);
                }
                default -> {}
            }
        }
    }

    private void argument(
            String objectPath,
            BbfFile file,
            XmlElement parameter,
            String prefix,
            Map<String, ArgumentDefinition> arguments)
            throws IOException, ModelFormatException {
        String name = prefix
                + parameter
                        .attribute("base")
                        .or(() -> parameter.attribute("name"))
                        .orElse("");
        ArgumentDefinition before = arguments.get(name);
        boolean mandatory = parameter
                .attribute("mandatory")
                .map(m -> m.equals("true"))
                .orElse(before != null && before.mandatory());
        Optional<XmlElement> syntax = parameter.child("syntax");
        ParameterType type;
        if (syntax.isPresent()) {
            type = syntaxes.read(file, syntax.get(), objectPath, rootPath).type();
        } else if (before != null) {
            type = before.type();
        } else {
            throw parameter.wrong("the argument has no <syntax>");
        }
        String text = description(List.of(new Layer(file, parameter)));
        text = text.isEmpty() && before != null ? before.description() : text;
        arguments.put(name, new ArgumentDefinition(name, type, mandatory, text));
    }
}
