// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ambiorix;

import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.Facets;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.ParameterDefinition.ValueChangeNotification;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What plug-ins say that they support, as a data model. What makes no sense is left out and told.
final class PluginModel {
    static final String DEVICE = "Device.";
    private static final Logger LOG = LoggerFactory.getLogger(PluginModel.class);
    private static final String SECRET = "(?i).*(password|passphrase|presharedkey|secret|privatekey).*";
    private static final int WILL_IGNORE = 2;
    private static final int ASYNCHRONOUS = 2;

    private final SupportedDataModel known = GatewayModel.load();
    private final Map<String, ObjectDefinition> objects = new LinkedHashMap<>();

    private PluginModel() {}

    /// @param answers by root
    static SupportedDataModel of(Map<String, UbusTable> answers) {
        PluginModel model = new PluginModel();
        model.objects.put(
                DEVICE,
                new ObjectDefinition(DEVICE, ObjectAccess.READ_ONLY, List.of(), List.of(), List.of(), List.of(), ""));
        answers.forEach(model::plugin);
        return SupportedDataModel.of(model.known.uri(), model.objects.values());
    }

    private void plugin(String root, UbusTable answer) {
        answer.members().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(root + "."))
                .sorted(Comparator.comparingInt(entry -> entry.getKey().length()))
                .limit(Limits.SUPPORTED)
                .forEach(entry -> {
                    if (entry.getValue() instanceof UbusTable object) {
                        object(DEVICE + entry.getKey(), object);
                    }
                });
    }

    private void object(String path, UbusTable described) {
        boolean many = described.isTrue("is_multi_instance");
        String whole = many && !path.endsWith("{i}.") ? path + "{i}." : path;
        Optional<ObjectDefinition> definition = sensible(
                whole,
                () -> new ObjectDefinition(
                        whole,
                        many && described.number("access").orElse(0) != 0
                                ? ObjectAccess.ADD_DELETE
                                : ObjectAccess.READ_ONLY,
                        List.of(),
                        parameters(whole, described),
                        commands(whole, described),
                        List.of(),
                        ""));
        definition
                .filter(object -> objects.containsKey(object.holderPath()))
                .ifPresent(object -> objects.putIfAbsent(whole, object));
    }

    private List<ParameterDefinition> parameters(String path, UbusTable described) {
        Map<String, ParameterDefinition> parameters = new LinkedHashMap<>();
        tables(described.array("supported_params")).forEach(each -> {
            String name = each.text("param_name").orElse("");
            sensible(path + name, () -> parameter(path, name, each))
                    .ifPresent(parameter -> parameters.putIfAbsent(name, parameter));
        });
        return List.copyOf(parameters.values());
    }

    private ParameterDefinition parameter(String path, String name, UbusTable described) {
        boolean secured = name.matches(SECRET)
                || known.parameter(path + name)
                        .filter(ParameterDefinition::secured)
                        .isPresent();
        return new ParameterDefinition(
                name,
                type((int) described.number("type").orElse(0)),
                described.number("access").orElse(0) == 0 ? ParameterAccess.READ_ONLY : ParameterAccess.READ_WRITE,
                Optional.empty(),
                Optional.empty(),
                secured,
                described.number("value_change").orElse(0) == WILL_IGNORE
                        ? ValueChangeNotification.IGNORED
                        : ValueChangeNotification.ALLOWED,
                known.parameter(path + name)
                        .map(ParameterDefinition::description)
                        .orElse(""));
    }

    /// By the numbers that Ambiorix has for its variants.
    private static ParameterType type(int number) {
        return switch (number) {
            case 2, 3, 4 -> ParameterType.of(PrimitiveType.INT);
            case 5 -> ParameterType.of(PrimitiveType.LONG);
            case 6, 7, 8 -> ParameterType.of(PrimitiveType.UNSIGNED_INT);
            case 9 -> ParameterType.of(PrimitiveType.UNSIGNED_LONG);
            case 10, 11 -> ParameterType.of(PrimitiveType.DECIMAL);
            case 12 -> ParameterType.of(PrimitiveType.BOOLEAN);
            case 16 -> ParameterType.of(PrimitiveType.DATE_TIME);
            case 17 -> new ParameterType(PrimitiveType.STRING, true, Facets.NONE, "");
            default -> ParameterType.of(PrimitiveType.STRING);
        };
    }

    private static List<CommandDefinition> commands(String path, UbusTable described) {
        Map<String, CommandDefinition> commands = new LinkedHashMap<>();
        tables(described.array("supported_commands")).forEach(each -> {
            String name = each.text("command_name").orElse("");
            if (!name.startsWith("_")) {
                sensible(
                                path + name,
                                () -> new CommandDefinition(
                                        name,
                                        each.number("command_type").orElse(0) == ASYNCHRONOUS,
                                        arguments(each.array("input_arg_names")),
                                        arguments(each.array("output_arg_names")),
                                        ""))
                        .ifPresent(command -> commands.putIfAbsent(name, command));
            }
        });
        return List.copyOf(commands.values());
    }

    private static List<ArgumentDefinition> arguments(List<UbusValue> names) {
        List<ArgumentDefinition> arguments = new ArrayList<>();
        for (UbusValue name : names) {
            if (name instanceof UbusValue.Text(String text)) {
                arguments.add(new ArgumentDefinition(text, ParameterType.of(PrimitiveType.STRING), false, ""));
            }
        }
        return arguments;
    }

    private static Stream<UbusTable> tables(List<UbusValue> values) {
        return values.stream().filter(UbusTable.class::isInstance).map(UbusTable.class::cast);
    }

    private static <T> Optional<T> sensible(String what, Supplier<T> made) {
        try {
            return Optional.of(made.get());
        } catch (IllegalArgumentException nonsense) {
            LOG.warn("a plug-in supports what cannot be, which is left out: {}: {}", what, nonsense.getMessage());
            return Optional.empty();
        }
    }
}
