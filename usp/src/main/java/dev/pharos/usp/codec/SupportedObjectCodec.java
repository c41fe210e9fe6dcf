// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.GetSupportedDmResponse.CommandType;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedCommand;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedEvent;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.UniqueKeySet;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import java.util.List;

/// One object of a GetSupportedDMResp with its parameters, commands, events and unique keys.
final class SupportedObjectCodec {
    private static final int SUPPORTED_OBJ_PATH = 1 << 3 | LEN;
    private static final int ACCESS = 2 << 3 | VARINT;
    private static final int IS_MULTI_INSTANCE = 3 << 3 | VARINT;
    private static final int SUPPORTED_COMMANDS = 4 << 3 | LEN;
    private static final int SUPPORTED_EVENTS = 5 << 3 | LEN;
    private static final int SUPPORTED_PARAMS = 6 << 3 | LEN;
    private static final int DIVERGENT_PATHS = 7 << 3 | LEN;
    private static final int UNIQUE_KEY_SETS = 8 << 3 | LEN;

    private static final int PARAM_NAME = 1 << 3 | LEN;
    private static final int PARAM_ACCESS = 2 << 3 | VARINT;
    private static final int VALUE_TYPE = 3 << 3 | VARINT;
    private static final int VALUE_CHANGE = 4 << 3 | VARINT;

    private static final int COMMAND_NAME = 1 << 3 | LEN;
    private static final int INPUT_ARG_NAMES = 2 << 3 | LEN;
    private static final int OUTPUT_ARG_NAMES = 3 << 3 | LEN;
    private static final int COMMAND_TYPE = 4 << 3 | VARINT;

    private static final int EVENT_NAME = 1 << 3 | LEN;
    private static final int ARG_NAMES = 2 << 3 | LEN;

    private static final int KEY_NAMES = 1 << 3 | LEN;

    private static final List<ObjectAccess> OBJECT_ACCESSES = List.of(ObjectAccess.values());
    private static final List<ParameterAccess> PARAMETER_ACCESSES = List.of(ParameterAccess.values());
    private static final List<ParameterValueType> VALUE_TYPES = List.of(ParameterValueType.values());
    private static final List<ValueChangeType> VALUE_CHANGES = List.of(ValueChangeType.values());
    private static final List<CommandType> COMMAND_TYPES = List.of(CommandType.values());

    private SupportedObjectCodec() {}

    static SupportedObject read(WireReader in) throws MalformedInputException {
        String path = "";
        ObjectAccess access = ObjectAccess.READ_ONLY;
        boolean multiInstance = false;
        List<SupportedCommand> commands = List.of();
        List<SupportedEvent> events = List.of();
        List<SupportedParameter> params = List.of();
        List<String> divergentPaths = List.of();
        List<UniqueKeySet> uniqueKeySets = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case SUPPORTED_OBJ_PATH -> path = in.string();
                case ACCESS -> access = in.constant(OBJECT_ACCESSES);
                case IS_MULTI_INSTANCE -> multiInstance = in.bool();
                case SUPPORTED_COMMANDS -> commands = in.append(commands, in.nested(SupportedObjectCodec::readCommand));
                case SUPPORTED_EVENTS -> events = in.append(events, in.nested(SupportedObjectCodec::readEvent));
                case SUPPORTED_PARAMS -> params = in.append(params, in.nested(SupportedObjectCodec::readParameter));
                case DIVERGENT_PATHS -> divergentPaths = in.append(divergentPaths, in.string());
                case UNIQUE_KEY_SETS ->
                    uniqueKeySets = in.append(uniqueKeySets, in.nested(SupportedObjectCodec::readKeySet));
                default -> in.skip();
            }
        }
        return new SupportedObject(
                path, access, multiInstance, commands, events, params, divergentPaths, uniqueKeySets);
    }

    private static SupportedParameter readParameter(WireReader in) throws MalformedInputException {
        String name = "";
        ParameterAccess access = ParameterAccess.READ_ONLY;
        ParameterValueType type = ParameterValueType.UNKNOWN;
        ValueChangeType valueChange = ValueChangeType.UNKNOWN;
        while (in.next()) {
            switch (in.tag()) {
                case PARAM_NAME -> name = in.string();
                case PARAM_ACCESS -> access = in.constant(PARAMETER_ACCESSES);
                case VALUE_TYPE -> type = in.constant(VALUE_TYPES);
                case VALUE_CHANGE -> valueChange = in.constant(VALUE_CHANGES);
                default -> in.skip();
            }
        }
        return new SupportedParameter(name, access, type, valueChange);
    }

    private static SupportedCommand readCommand(WireReader in) throws MalformedInputException {
        String name = "";
        List<String> inputs = List.of();
        List<String> outputs = List.of();
        CommandType type = CommandType.UNKNOWN;
        while (in.next()) {
            switch (in.tag()) {
                case COMMAND_NAME -> name = in.string();
                case INPUT_ARG_NAMES -> inputs = in.append(inputs, in.string());
                case OUTPUT_ARG_NAMES -> outputs = in.append(outputs, in.string());
                case COMMAND_TYPE -> type = in.constant(COMMAND_TYPES);
                default -> in.skip();
            }
        }
        return new SupportedCommand(name, inputs, outputs, type);
    }

    private static SupportedEvent readEvent(WireReader in) throws MalformedInputException {
        String name = "";
        List<String> args = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case EVENT_NAME -> name = in.string();
                case ARG_NAMES -> args = in.append(args, in.string());
                default -> in.skip();
            }
        }
        return new SupportedEvent(name, args);
    }

    private static UniqueKeySet readKeySet(WireReader in) throws MalformedInputException {
        List<String> names = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case KEY_NAMES -> names = in.append(names, in.string());
                default -> in.skip();
            }
        }
        return new UniqueKeySet(names);
    }

    static void write(WireWriter out, SupportedObject object) {
        out.string(SUPPORTED_OBJ_PATH, object.supportedObjPath());
        out.constant(ACCESS, object.access());
        out.bool(IS_MULTI_INSTANCE, object.isMultiInstance());
        out.each(SUPPORTED_COMMANDS, object.supportedCommands(), SupportedObjectCodec::writeCommand);
        out.each(SUPPORTED_EVENTS, object.supportedEvents(), SupportedObjectCodec::writeEvent);
        out.each(SUPPORTED_PARAMS, object.supportedParams(), SupportedObjectCodec::writeParameter);
        out.strings(DIVERGENT_PATHS, object.divergentPaths());
        out.each(UNIQUE_KEY_SETS, object.uniqueKeySets(), SupportedObjectCodec::writeKeySet);
    }

    private static void writeParameter(WireWriter out, SupportedParameter parameter) {
        out.string(PARAM_NAME, parameter.paramName());
        out.constant(PARAM_ACCESS, parameter.access());
        out.constant(VALUE_TYPE, parameter.valueType());
        out.constant(VALUE_CHANGE, parameter.valueChange());
    }

    private static void writeCommand(WireWriter out, SupportedCommand command) {
        out.string(COMMAND_NAME, command.commandName());
        out.strings(INPUT_ARG_NAMES, command.inputArgNames());
        out.strings(OUTPUT_ARG_NAMES, command.outputArgNames());
        out.constant(COMMAND_TYPE, command.commandType());
    }

    private static void writeEvent(WireWriter out, SupportedEvent event) {
        out.string(EVENT_NAME, event.eventName());
        out.strings(ARG_NAMES, event.argNames());
    }

    private static void writeKeySet(WireWriter out, UniqueKeySet keySet) {
        out.strings(KEY_NAMES, keySet.keyNames());
    }
}
