// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.EventDefinition;
import dev.pharos.datamodel.definition.Facets;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.UniqueKey;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes models as `.dm` lines.
final class ModelWriter {
    private final Appendable out;

    ModelWriter(Appendable out) {
        this.out = out;
    }

    void model(SupportedDataModel model) throws IOException {
        line("", "model " + LineTokens.quote(model.uri()));
        for (ObjectDefinition object : model.objects()) {
            object(object);
        }
    }

    private void object(ObjectDefinition object) throws IOException {
        StringBuilder text = new StringBuilder("object ").append(object.path()).append(' ');
        text.append(
                switch (object.access()) {
                    case READ_ONLY -> "readOnly";
                    case ADD_DELETE -> "addDelete";
                    case ADD_ONLY -> "addOnly";
                    case DELETE_ONLY -> "deleteOnly";
                });
        for (UniqueKey key : object.uniqueKeys()) {
            text.append(" key ").append(String.join(",", key.parameters())).append(key.functional() ? "" : "!");
        }
        object.presence()
                .ifPresent(presence -> text.append(
                                switch (presence.kind()) {
                                    case NAMED -> " named ";
                                    case MOUNTED -> " mounted ";
                                })
                        .append(presence.parameter()));
        line("", text.toString());
        description("  ", object.description());
        for (ParameterDefinition parameter : object.parameters()) {
            line("  ", parameter(parameter));
            description("    ", parameter.description());
        }
        for (CommandDefinition command : object.commands()) {
            line("  ", "command " + command.name() + (command.asynchronous() ? " async" : " sync"));
            description("    ", command.description());
            for (ArgumentDefinition input : command.inputs()) {
                argument("in", input);
            }
            for (ArgumentDefinition output : command.outputs()) {
                argument("out", output);
            }
        }
        for (EventDefinition event : object.events()) {
            line("  ", "event " + event.name());
            description("    ", event.description());
            for (ArgumentDefinition argument : event.arguments()) {
                argument("arg", argument);
            }
        }
    }

    private static String parameter(ParameterDefinition parameter) {
        StringBuilder text =
                new StringBuilder("param ").append(parameter.name()).append(' ');
        text.append(
                switch (parameter.access()) {
                    case READ_ONLY -> "readOnly";
                    case READ_WRITE -> "readWrite";
                    case WRITE_ONCE -> "writeOnce";
                });
        text.append(' ').append(type(parameter.type()));
        parameter
                .reference()
                .ifPresent(reference -> text.append(reference.strong() ? " ref=strong" : " ref=weak")
                        .append(reference.targets().isEmpty() ? "" : ":" + String.join(",", reference.targets())));
        parameter.defaultValue().ifPresent(value -> text.append(" default=").append(LineTokens.quote(value)));
        if (parameter.secured()) {
            text.append(" secured");
        }
        switch (parameter.notification()) {
            case ALLOWED -> {}
            case IGNORED -> text.append(" ignore");
        }
        return text.toString();
    }

    private void argument(String keyword, ArgumentDefinition argument) throws IOException {
        line(
                "    ",
                keyword + " " + argument.name() + " " + type(argument.type())
                        + (argument.mandatory() ? " mandatory" : ""));
        description("      ", argument.description());
    }

    private static String type(ParameterType type) {
        StringBuilder text = new StringBuilder(TypeNames.nameOf(type.base()));
        Facets facets = type.facets();
        if (type.list()) {
            text.append(" list");
        }
        facets.length().ifPresent(range -> text.append(" len=").append(range));
        facets.listLength().ifPresent(range -> text.append(" listLen=").append(range));
        if (!facets.ranges().isEmpty()) {
            text.append(facets.ranges().stream()
                    .map(Facets.Range::toString)
                    .collect(Collectors.joining(",", " range=", "")));
        }
        if (!facets.enumeration().isEmpty()) {
            String items = facets.enumeration().stream()
                    .map(item -> item.replace("\\", "\\\\").replace("|", "\\|"))
                    .collect(Collectors.joining("|"));
            text.append(" enum=").append(LineTokens.quote(items));
        }
        for (Pattern pattern : facets.patterns()) {
            text.append(" pattern=").append(LineTokens.quote(pattern.pattern()));
        }
        if (!facets.unit().isEmpty()) {
            text.append(" unit=").append(LineTokens.quote(facets.unit()));
        }
        if (!type.dataTypeName().isEmpty()) {
            text.append(" type=").append(LineTokens.quote(type.dataTypeName()));
        }
        return text.toString();
    }

    private void description(String indent, String text) throws IOException {
        if (!text.isEmpty()) {
            line(indent, "desc " + LineTokens.quote(text));
        }
    }

    private void line(String indent, String text) throws IOException {
        out.append(indent).append(text).append('\n');
    }
}
