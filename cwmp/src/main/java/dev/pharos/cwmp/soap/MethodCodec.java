// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.Argument;
import dev.pharos.cwmp.rpc.GetRpcMethodsResponse;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.KickedResponse;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.ScheduleInform;
import java.time.Duration;
import java.util.List;

/// The methods that are alone in their kind.
final class MethodCodec {
    private MethodCodec() {}

    static GetRpcMethodsResponse methods(SoapCursor in) throws MalformedSoapException {
        List<String> methods = List.of();
        while (in.nextChild()) {
            if (in.name().equals("MethodList")) {
                methods = Values.list(in, Values::token);
            } else {
                in.skip();
            }
        }
        return new GetRpcMethodsResponse(methods);
    }

    /// The CommandKey of a request that has nothing else.
    static String commandKey(SoapCursor in) throws MalformedSoapException {
        String commandKey = "";
        while (in.nextChild()) {
            if (in.name().equals("CommandKey")) {
                commandKey = Values.key(in);
            } else {
                in.skip();
            }
        }
        return commandKey;
    }

    static ScheduleInform scheduleInform(SoapCursor in) throws MalformedSoapException {
        Duration delay = Duration.ZERO;
        String commandKey = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "DelaySeconds" -> delay = Values.seconds(in);
                case "CommandKey" -> commandKey = Values.key(in);
                default -> in.skip();
            }
        }
        return new ScheduleInform(delay, commandKey);
    }

    static RequestDownload requestDownload(SoapCursor in) throws MalformedSoapException {
        String fileType = "";
        List<Argument> arguments = List.of();
        while (in.nextChild()) {
            switch (in.name()) {
                case "FileType" -> fileType = in.text();
                case "FileTypeArg" -> arguments = Values.list(in, MethodCodec::argument);
                default -> in.skip();
            }
        }
        return new RequestDownload(fileType, arguments);
    }

    private static Argument argument(SoapCursor in) throws MalformedSoapException {
        String name = "";
        String value = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "Name" -> name = Values.token(in);
                case "Value" -> value = in.text();
                default -> in.skip();
            }
        }
        return new Argument(name, value);
    }

    static void write(SoapText out, RequestDownload request) {
        out.text("FileType", request.fileType());
        out.structs(
                "FileTypeArg",
                "ArgStruct",
                request.fileTypeArg(),
                (o, each) -> o.text("Name", each.name()).text("Value", each.value()));
    }

    static Kicked kicked(SoapCursor in) throws MalformedSoapException {
        String command = "";
        String referer = "";
        String arg = "";
        String next = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "Command" -> command = in.text();
                case "Referer" -> referer = in.text();
                case "Arg" -> arg = in.text();
                case "Next" -> next = in.text();
                default -> in.skip();
            }
        }
        return new Kicked(command, referer, arg, next);
    }

    static void write(SoapText out, Kicked kicked) {
        out.text("Command", kicked.command()).text("Referer", kicked.referer());
        out.text("Arg", kicked.arg()).text("Next", kicked.next());
    }

    static KickedResponse kickedResponse(SoapCursor in) throws MalformedSoapException {
        String nextUrl = "";
        while (in.nextChild()) {
            if (in.name().equals("NextURL")) {
                nextUrl = in.text();
            } else {
                in.skip();
            }
        }
        return new KickedResponse(nextUrl);
    }
}
