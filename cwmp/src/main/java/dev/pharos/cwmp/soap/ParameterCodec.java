// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterInfo;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.util.List;

/// The methods about values and names of parameters.
final class ParameterCodec {
    private static final String KEY_PARAMETER = ".ManagementServer.ParameterKey";

    private ParameterCodec() {}

    static List<ParameterValue> values(SoapCursor in) throws MalformedSoapException {
        return Values.list(in, ParameterCodec::value);
    }

    private static ParameterValue value(SoapCursor in) throws MalformedSoapException {
        String name = "";
        PrimitiveType type = PrimitiveType.STRING;
        String value = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "Name" -> name = Values.token(in);
                case "Value" -> {
                    type = ValueTypes.read(in.attribute("type"));
                    value = in.text();
                }
                default -> in.skip();
            }
        }
        boolean empty = name.endsWith(KEY_PARAMETER) && in.emptyWords().contains(value);
        return new ParameterValue(name, type, empty ? "" : value);
    }

    static void values(SoapText out, List<ParameterValue> values) {
        out.structs(
                "ParameterList",
                "ParameterValueStruct",
                values,
                (o, each) -> o.text("Name", each.name()).value(each.type(), each.value()));
    }

    static SetParameterValues set(SoapCursor in) throws MalformedSoapException {
        List<ParameterValue> parameterList = List.of();
        String parameterKey = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "ParameterList" -> parameterList = values(in);
                case "ParameterKey" -> parameterKey = Values.key(in);
                default -> in.skip();
            }
        }
        return new SetParameterValues(parameterList, parameterKey);
    }

    static void write(SoapText out, SetParameterValues set) {
        values(out, set.parameterList());
        out.text("ParameterKey", set.parameterKey());
    }

    /// The Status of a response that has nothing else, or nothing else of interest.
    static Status status(SoapCursor in) throws MalformedSoapException {
        Status status = Status.DONE;
        while (in.nextChild()) {
            if (in.name().equals("Status")) {
                status = new Status(Values.unsigned(in));
            } else {
                in.skip();
            }
        }
        return status;
    }

    static SetParameterValuesResponse setResponse(SoapCursor in) throws MalformedSoapException {
        return new SetParameterValuesResponse(status(in));
    }

    static void status(SoapText out, Status status) {
        out.number("Status", status.number());
    }

    /// The ParameterNames of a request that has nothing else.
    static List<String> names(SoapCursor in) throws MalformedSoapException {
        List<String> names = List.of();
        while (in.nextChild()) {
            if (in.name().equals("ParameterNames")) {
                names = Values.list(in, Values::token);
            } else {
                in.skip();
            }
        }
        return names;
    }

    static GetParameterValues get(SoapCursor in) throws MalformedSoapException {
        return new GetParameterValues(names(in));
    }

    static GetParameterValuesResponse getResponse(SoapCursor in) throws MalformedSoapException {
        List<ParameterValue> parameterList = List.of();
        while (in.nextChild()) {
            if (in.name().equals("ParameterList")) {
                parameterList = values(in);
            } else {
                in.skip();
            }
        }
        return new GetParameterValuesResponse(parameterList);
    }

    static GetParameterNames getNames(SoapCursor in) throws MalformedSoapException {
        String parameterPath = "";
        boolean nextLevel = false;
        while (in.nextChild()) {
            switch (in.name()) {
                case "ParameterPath" -> parameterPath = Values.token(in);
                case "NextLevel" -> nextLevel = Values.flag(in);
                default -> in.skip();
            }
        }
        return new GetParameterNames(parameterPath, nextLevel);
    }

    static GetParameterNamesResponse getNamesResponse(SoapCursor in) throws MalformedSoapException {
        List<ParameterInfo> parameterList = List.of();
        while (in.nextChild()) {
            if (in.name().equals("ParameterList")) {
                parameterList = Values.list(in, ParameterCodec::info);
            } else {
                in.skip();
            }
        }
        return new GetParameterNamesResponse(parameterList);
    }

    private static ParameterInfo info(SoapCursor in) throws MalformedSoapException {
        String name = "";
        boolean writable = false;
        while (in.nextChild()) {
            switch (in.name()) {
                case "Name" -> name = Values.token(in);
                case "Writable" -> writable = Values.flag(in);
                default -> in.skip();
            }
        }
        return new ParameterInfo(name, writable);
    }

    static void infos(SoapText out, List<ParameterInfo> infos) {
        out.structs(
                "ParameterList",
                "ParameterInfoStruct",
                infos,
                (o, each) -> o.text("Name", each.name()).flag("Writable", each.writable()));
    }
}
