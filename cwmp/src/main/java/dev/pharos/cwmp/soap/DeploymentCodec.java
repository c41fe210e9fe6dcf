// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.soap.WritingQuirks.DuLists;
import java.util.ArrayList;
import java.util.List;

/// The method that installs, updates and removes software. Operations are repeated elements by the schema, and an array
/// with some stacks; both are read.
final class DeploymentCodec {
    private static final String INSTALL = "InstallOpStruct";
    private static final String UPDATE = "UpdateOpStruct";
    private static final String UNINSTALL = "UninstallOpStruct";
    private static final String OPERATIONS = "Operations";

    private DeploymentCodec() {}

    static ChangeDuState change(SoapCursor in) throws MalformedSoapException {
        List<DuOperation> operations = new ArrayList<>();
        String commandKey = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case OPERATIONS -> operations(in, operations);
                case "CommandKey" -> commandKey = Values.key(in);
                default -> in.skip();
            }
        }
        return new ChangeDuState(operations, commandKey);
    }

    private static void operations(SoapCursor in, List<DuOperation> operations) throws MalformedSoapException {
        String type = in.attribute("type");
        if (!type.isEmpty()) {
            operations.add(operation(in, SoapCursor.localOf(type)));
            return;
        }
        while (in.nextChild()) {
            operations.add(operation(in, in.name()));
        }
    }

    private static DuOperation operation(SoapCursor in, String kind) throws MalformedSoapException {
        if (!kind.equals(INSTALL) && !kind.equals(UPDATE) && !kind.equals(UNINSTALL)) {
            throw in.wrong("no kind of operation: '" + SoapCursor.shown(kind) + "'");
        }
        String url = "";
        String username = "";
        String password = "";
        String uuid = "";
        String version = "";
        String executionEnvRef = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "URL" -> url = Values.token(in);
                case "Username" -> username = in.text();
                case "Password" -> password = in.text();
                case "UUID" -> uuid = Values.token(in);
                case "Version" -> version = in.text();
                case "ExecutionEnvRef" -> executionEnvRef = Values.token(in);
                default -> in.skip();
            }
        }
        FileLocation location = new FileLocation(url, username, password);
        return switch (kind) {
            case INSTALL -> new DuOperation.Install(location, uuid, executionEnvRef);
            case UPDATE -> new DuOperation.Update(uuid, version, location);
            default -> new DuOperation.Uninstall(uuid, version, executionEnvRef);
        };
    }

    static void write(SoapText out, ChangeDuState change) {
        if (out.quirks().duLists() == DuLists.ARRAY) {
            out.array(OPERATIONS, "cwmp:OperationStruct", change.operations(), (o, each) -> {
                o.open(kind(each));
                fields(o, each);
                o.close(kind(each));
            });
        } else {
            for (DuOperation each : change.operations()) {
                out.raw("<" + OPERATIONS + " xsi:type=\"cwmp:" + kind(each) + "\">");
                fields(out, each);
                out.close(OPERATIONS);
            }
        }
        out.text("CommandKey", change.commandKey());
    }

    private static String kind(DuOperation operation) {
        return switch (operation) {
            case DuOperation.Install install -> INSTALL;
            case DuOperation.Update update -> UPDATE;
            case DuOperation.Uninstall uninstall -> UNINSTALL;
        };
    }

    private static void fields(SoapText out, DuOperation operation) {
        switch (operation) {
            case DuOperation.Install(FileLocation location, String uuid, String executionEnvRef) -> {
                out.text("URL", location.url()).optional("UUID", uuid);
                login(out, location);
                out.optional("ExecutionEnvRef", executionEnvRef);
            }
            case DuOperation.Update(String uuid, String version, FileLocation location) -> {
                out.optional("UUID", uuid).optional("Version", version).optional("URL", location.url());
                login(out, location);
            }
            case DuOperation.Uninstall(String uuid, String version, String executionEnvRef) ->
                out.text("UUID", uuid).optional("Version", version).optional("ExecutionEnvRef", executionEnvRef);
        }
    }

    private static void login(SoapText out, FileLocation location) {
        out.optional("Username", location.username()).optional("Password", location.password());
    }
}
